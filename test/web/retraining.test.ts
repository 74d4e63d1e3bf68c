/** What the page trains again is what the folder stores, over every value of every axis. */
import { beforeAll, expect, it } from "vitest";
import { AXIS_NAMES, axisOf } from "#lrn/model/axes.js";
import { valueText } from "#lrn/model/cells.js";
import { type FolderTrial, readResults } from "#lrn/runs/library.js";
import { goTo, inBrowser, openFile } from "./browser.js";
import { type MadeReport, makeReport } from "./reports.js";
import { WIDE, WIDE_FILES } from "./sweeps.js";

const SEED = 1;

/** The axes' values of a link to a cell. */
const valuesOf = (link: string) => {
  const given = new URLSearchParams(link.slice(1));
  return AXIS_NAMES.map((name) => `${name}: ${given.get(axisOf(name).column)}`);
};

/** Links that between them have every value of every axis, and some more. */
function covering(links: readonly string[], least: number): string[] {
  const seen = new Set<string>();
  const chosen = links.filter((link) => {
    const isNew = valuesOf(link).some((value) => !seen.has(value));
    for (const value of valuesOf(link)) seen.add(value);
    return isNew;
  });
  const others = links.filter((link) => !chosen.includes(link));
  const step = Math.max(1, Math.floor(others.length / least));
  return [...chosen, ...others.filter((_, i) => i % step === 0)];
}

inBrowser("trained again in the page", () => {
  let report: MadeReport;
  let stored: FolderTrial[];
  beforeAll(async () => {
    report = await makeReport(WIDE, WIDE_FILES);
    stored = [];
    for await (const trial of (await readResults(report.folder)).trials()) stored.push(trial);
  });

  it("a trial has the stored final RMSE, of every value of every axis", async () => {
    const page = await openFile(report.page, "#view=overview&tables=1000");
    const links = await page
      .locator("td.rate a")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")!));
    expect(new Set(links).size).toBe(stored.length / WIDE.seeds);
    const chosen = covering(links, 10);
    expect(chosen.length).toBeGreaterThanOrEqual(20);
    const missing = new Set(
      stored.flatMap((trial) =>
        AXIS_NAMES.map((name) => `${name}: ${valueText(name, trial[name])}`),
      ),
    );
    const states = new Set<string>();
    for (const link of chosen) {
      const own = valuesOf(link);
      for (const value of own) missing.delete(value);
      const [trial, ...others] = stored.filter(
        (each) =>
          each.seed === SEED &&
          AXIS_NAMES.every((name, i) => own[i] === `${name}: ${valueText(name, each[name])}`),
      );
      expect(others).toEqual([]);
      const { outcome } = trial;
      states.add(outcome.state);
      await goTo(page, `${link.replace("view=cell", "view=trial")}&seed=${SEED}`);
      await page.getByRole("heading", { name: `Seed ${SEED}` }).waitFor();
      const number = outcome.state === "trained" ? String(outcome.finalRmse) : "diverged";
      const verdict = page.locator(".training .equal, .training .unequal");
      // The verdict before may stand until the next training is there.
      await expect
        .poll(() => verdict.textContent(), { message: link })
        .toBe(
          `Trained again here, its final RMSE is equal to the stored one to the last bit (${number}).`,
        );
    }
    expect([...missing]).toEqual([]);
    expect(states).toEqual(new Set(["trained", "diverged"]));
    expect(page.noticed).toEqual([]);
  });
});
