/** From a cell to a trial of it, and through its epochs. */
import type { Page } from "playwright-core";
import { DatabaseSync } from "@photostructure/sqlite";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { readResults } from "#lrn/runs/library.js";
import { done, type MadeReport, makeReport, reportOf } from "./reports.js";
import { inBrowser, openFile, trained } from "./browser.js";
import { SMALL } from "./sweeps.js";

/** What is drawn: the network, the function and the loss. */
const drawing = async (page: Page) =>
  (
    await page.locator(".training svg").evaluateAll((all) => all.map((svg) => svg.innerHTML))
  ).join();

inBrowser("a cell and its trials", () => {
  let report: MadeReport;
  beforeAll(async () => {
    report = await makeReport(SMALL);
  });

  it("lead from one to the other", async () => {
    const { cells } = await readResults(report.folder);
    const page = await openFile(report.page);
    await page.locator("td.rate a").last().click();
    await page.getByRole("heading", { name: "Depth 3, width 2, late-residual" }).waitFor();
    const summary = cells.at(-1)!;
    expect(await page.locator("h1 + p").textContent()).toContain(
      `${summary.converged} of 3 trials converged`,
    );
    expect(await page.locator("circle.dot").count()).toBe(3);
    expect(await page.locator("tbody tr").count()).toBe(3);
    await page.getByRole("link", { name: "Seed 2", exact: true }).last().click();
    await trained(page);
    await page.getByRole("navigation", { name: "Trials of the cell" }).getByText("Seed 1").click();
    await page.getByRole("heading", { name: "Seed 1" }).waitFor();
    await page.getByText("All trials of the cell").click();
    await page.locator("circle.dot").first().click();
    await trained(page);
    expect(page.noticed).toEqual([]);
  });

  const TRIAL = "#view=trial&depth=3&connection=late-residual&seed=1";

  it("the slider shows the training after each epoch, and is moved with keys", async () => {
    const page = await openFile(report.page, TRIAL);
    await trained(page);
    const slider = page.getByRole("slider", { name: "epochs" });
    await page.locator('[aria-label$="after epoch 200"]').waitFor(); // what is looked at last
    const atEnd = await drawing(page);
    await slider.fill("5");
    await expect.poll(() => drawing(page)).not.toBe(atEnd);
    expect(await page.getByText("After 5 of 200 epochs").count()).toBe(1);
    expect(page.url()).toContain("epoch=5");
    await slider.focus();
    for (const [key, epoch] of [
      ["ArrowRight", 6],
      ["ArrowLeft", 5],
      ["Home", 0],
      ["End", 200],
    ] as const) {
      await page.keyboard.press(key);
      expect(await slider.inputValue()).toBe(String(epoch));
    }
    await expect.poll(() => drawing(page)).toBe(atEnd);
    expect(page.noticed).toEqual([]);
  });

  it("after some epochs it says what as many epochs of the command line do", async () => {
    const page = await openFile(report.page, `${TRIAL}&epoch=37`);
    await trained(page);
    const flags = "--depth 3 --connection late-residual --epochs 37 --seed 1 --json";
    const { outcome } = JSON.parse(await done("trial", ...flags.split(" ")));
    const said = await page.locator(".training [role=status]").textContent();
    expect(said).toContain(`RMSE ${outcome.finalRmse.toPrecision(4)}; ${outcome.deadNeurons} dead`);
    const chart = page.getByRole("img", { name: /^Predictions over targets after 37 epochs/ });
    expect(await chart.count()).toBe(1);
  });

  it("plays, pauses, and ends at the last epoch", async () => {
    const page = await openFile(report.page, TRIAL);
    await trained(page);
    const slider = page.getByRole("slider", { name: "epochs" });
    const epoch = async () => Number(await slider.inputValue());
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(epoch).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Pause" }).click();
    const paused = await epoch();
    expect(paused).toBeLessThan(200);
    await page.waitForTimeout(300);
    expect(await epoch()).toBe(paused);
    await slider.fill("190");
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(epoch, { timeout: 5000 }).toBe(200);
    await page.getByRole("button", { name: "Play" }).waitFor();
    await trained(page);
    expect(page.noticed).toEqual([]);
  });

  it("a stored number that was changed is told", async () => {
    const { folder } = await makeReport(SMALL);
    const db = new DatabaseSync(join(folder, "trials.db"));
    db.exec("UPDATE trial SET final_rmse = final_rmse * (1 + 1e-15) WHERE seed = 1");
    db.close();
    const { page: file } = await reportOf(folder);
    const page = await openFile(file, TRIAL);
    await trained(page);
    expect(await page.locator(".unequal").textContent()).toMatch(
      /^Not as stored: stored [\d.e-]+, trained again here [\d.e-]+\./,
    );
    expect(await page.locator(".equal").count()).toBe(0);
    const other = await openFile(file, TRIAL.replace("seed=1", "seed=2"));
    await trained(other);
    expect(await other.locator(".equal").count()).toBe(1);
  });

  it("of an engine that rounds otherwise are said to be", async () => {
    const { page: file } = await makeReport({
      ...SMALL,
      grid: { ...SMALL.grid, depth: [3], connection: ["late-residual"] },
      epochs: 20,
      engine: "tfjs",
    });
    const page = await openFile(file, TRIAL);
    await trained(page);
    expect(await page.locator(".training [role=status]").textContent()).toMatch(
      /Stored: [\d.e-]+, by engine tfjs, which rounds otherwise; here: [\d.e-]+\.$/,
    );
    expect(await page.locator(".equal, .unequal").count()).toBe(0);
  });

  it("that a link names and the cell does not have are told", async () => {
    const page = await openFile(report.page);
    for (const fragment of ["#view=trial&depth=3&connection=plain&seed=9", "#view=cell&depth=3"]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, fragment);
      expect(await page.getByRole("alert").textContent()).toMatch(/no (trial|cell)/);
    }
  });
});
