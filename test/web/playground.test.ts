/** Networks with any settings, side by side, as `lrn trial` trains them. */
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { startingPoints } from "#lrn/runs/starting-points.js";
import { flagOf } from "#lrn/cli/trial-flags.js";
import { AXIS_NAMES, type AxisName } from "#lrn/model/axes.js";
import type { Trial } from "#lrn/model/trial.js";
import { inBrowser, openFile, trained } from "./browser.js";
import { done, makePlayground } from "./reports.js";

/** What the command line says of a network, in the page's words. */
async function saidBy(trial: Partial<Trial>): Promise<string> {
  const flags = Object.entries(trial).flatMap(([name, value]) => [
    `--${AXIS_NAMES.includes(name as AxisName) ? flagOf(name as AxisName) : name}`,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  const { outcome, converged } = JSON.parse(await done("trial", "--json", ...flags));
  if (outcome.state !== "trained") return "Its numbers overflowed.";
  const { finalRmse, deadNeurons, epochsToConverge } = outcome;
  const since = Number(epochsToConverge).toLocaleString("en-US");
  const word = converged ? `Converged (since epoch ${since})` : "Did not converge";
  return `${word}: RMSE ${finalRmse.toPrecision(4)}; ${deadNeurons} dead neuron`;
}

const side = (page: Page, i: number): Locator => page.locator(".sides > section").nth(i);
const saidOn = (page: Page, i: number) => side(page, i).getByRole("status").textContent();

async function expectAsTrained(
  page: Page,
  common: Partial<Trial>,
  [left, right]: Trial["connection"][],
) {
  for (const [i, connection] of [left, right].entries()) {
    const said = await saidBy({ ...common, connection });
    await expect.poll(() => saidOn(page, i), { timeout: 10_000 }).toContain(said);
  }
}

inBrowser("the playground", () => {
  let file: string;
  beforeAll(async () => {
    file = await makePlayground();
  });

  it("shows plain beside late-residual, as lrn trial trains them", async () => {
    const page = await openFile(file);
    await expectAsTrained(page, {}, ["plain", "late-residual"]);
    expect(await page.locator(".sides h2").allTextContents()).toEqual(["Plain", "Late-residual"]);
    expect(page.noticed).toEqual([]);
  });

  it("any setting changes both sides", async () => {
    const page = await openFile(file);
    await trained(page);
    const setting = (name: string, role: "spinbutton" | "combobox" = "combobox") =>
      page.getByRole(role, { name, exact: true });
    const common: Record<string, unknown> = {};
    const now = async (
      changed: Record<string, unknown>,
      connections = ["plain", "late-residual"] as Trial["connection"][],
    ) => {
      Object.assign(common, changed);
      await expectAsTrained(page, common, connections);
    };
    await setting("Depth", "spinbutton").fill("4");
    await now({ depth: 4 });
    await setting("Width", "spinbutton").fill("3");
    await now({ width: 3 });
    await setting("Epochs", "spinbutton").fill("150");
    await now({ epochs: 150 });
    await setting("Learning rate", "spinbutton").fill("0.03");
    await now({ learningRate: 0.03 });
    await setting("Seed", "spinbutton").fill("7");
    await now({ seed: 7 });
    await page.getByRole("button", { name: "Next seed" }).click();
    await now({ seed: 8 });
    await setting("Optimizer").selectOption("momentum");
    await now({ optimizer: "momentum" });
    await setting("Training style").selectOption("mini-batch");
    await setting("Size", "spinbutton").fill("5");
    await now({ trainingStyle: { name: "mini-batch", size: 5 } });
    await setting("Activation").selectOption("leaky-relu");
    await setting("Slope", "spinbutton").fill("0.3");
    await now({ activation: { name: "leaky-relu", slope: 0.3 } });
    await setting("Initialization").selectOption("he-normal");
    await now({ initialization: "he-normal" });
    await setting("Initial bias").selectOption("zero");
    await now({ bias: "zero" });
    await page.getByText("Dataset", { exact: true }).click();
    await setting("Function").selectOption("abs-sum-difference");
    await setting("Samples", "spinbutton").fill("12");
    await now({
      dataset: { function: "abs-sum-difference", samples: 12, generator: "numpy", seed: 42 },
    });
    await setting("Connection, left").selectOption("residual");
    await setting("Connection, right").selectOption("dense");
    await now({}, ["residual", "dense"]);
    const before = await saidOn(page, 0);
    await page.reload();
    await trained(page);
    expect(await saidOn(page, 0)).toBe(before);
    expect(page.noticed).toEqual([]);
  });

  it("a value that breaks its rule changes nothing", async () => {
    const page = await openFile(file, "#epochs=50");
    await trained(page);
    const before = await saidOn(page, 0);
    const depth = page.getByRole("spinbutton", { name: "Depth", exact: true });
    for (const text of ["0", "-3", "2.5", "100000", ""]) {
      await depth.fill(text);
      expect(await saidOn(page, 0)).toBe(before);
      expect(await depth.evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(false);
    }
    expect(page.noticed).toEqual([]);
  });

  it("both sides begin with the same hidden weights", async () => {
    const initial = async (connection: string) => {
      const { parameters } = JSON.parse(
        await done("trial", "--json", "--epochs", "1", "--connection", connection),
      );
      return parameters.initial as number[];
    };
    const [plain, late] = [await initial("plain"), await initial("late-residual")];
    // Depth 10 and width 2: 2 × 1 weights and 2 biases, then nine layers of 2 × 2 weights and 2 biases.
    const hidden = 2 + 2 + 9 * (4 + 2);
    expect(late.slice(0, hidden)).toEqual(plain.slice(0, hidden));
    // So the same neurons are dead before the first step, which is what the page shows of it.
    const page = await openFile(file, "#epoch=0");
    await trained(page);
    const dead = async (i: number) => (await saidOn(page, i))!.match(/(\d+) dead neuron/)![1];
    expect(Number(await dead(0))).toBeGreaterThan(0);
    expect(await dead(1)).toBe(await dead(0));
    const crosses = (i: number) => side(page, i).locator("details table").innerText();
    for (const i of [0, 1]) await side(page, i).locator("summary").click();
    expect(await crosses(1)).toBe(await crosses(0));
  });

  it("begins with each starting point, which converges or not as it says", async () => {
    const points = await startingPoints();
    expect(points.length).toBeGreaterThan(12);
    const page = await openFile(file);
    for (const { group, name, cell, seed } of points) {
      await page.getByRole("combobox", { name: "Begin with" }).selectOption({ label: name });
      const told = await saidBy({ ...cell, seed });
      await expect.poll(() => saidOn(page, 0), { message: name, timeout: 10_000 }).toContain(told);
      const said = await saidOn(page, 0);
      if (group === "The thesis's plots") {
        expect(said, name).toMatch(name.endsWith("does not converge") ? /^Did not/ : /^Converged/);
      }
    }
    expect(page.noticed).toEqual([]);
  }, 180_000);

  it("a long training starts when it is asked to", async () => {
    const page = await openFile(file, "#depth=60&width=64&epochs=20000");
    await page.getByRole("button", { name: "Train it" }).first().waitFor();
    expect(await page.getByText(/This training takes about \d+ seconds\./).count()).toBe(2);
    expect(await page.locator(".training").count()).toBe(0);
  });
});
