/** What axe-core finds of each view, light and dark, on a wide window and on a phone. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, expect, it } from "vitest";
import type { AxeResults } from "axe-core";
import { inBrowser, openFile, trained } from "./browser.js";
import { type MadeReport, makeReport } from "./reports.js";
import { SMALL } from "./sweeps.js";

const PLACE = "depth=3&connection=late-residual";
const VIEWS = {
  overview: "#view=overview&thesis=yes",
  cell: `#view=cell&${PLACE}`,
  trial: `#view=trial&${PLACE}&seed=1&epoch=20`,
  playground: "#view=playground&epochs=100",
  "no cell": "#view=overview&depth=77",
  "no trial": `#view=trial&${PLACE}&seed=77`,
};
const WINDOWS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  "narrow, light": { colorScheme: "light", viewport: { width: 360, height: 740 } },
  "narrow, dark": { colorScheme: "dark", viewport: { width: 360, height: 740 } },
} as const;

inBrowser("to a keyboard, a screen reader and weak eyes", () => {
  let report: MadeReport;
  let axe: string;
  beforeAll(async () => {
    report = await makeReport(SMALL);
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });

  /** What is wrong, and where; details are opened first. */
  async function faultsOf(fragment: string, window: keyof typeof WINDOWS) {
    const page = await openFile(report.page, fragment, WINDOWS[window]);
    if (/trial&|playground/.test(fragment) && !fragment.includes("77")) await trained(page);
    for (const details of await page.locator("details > summary").all()) await details.click();
    // Run where the page's policy does not reach: an evaluation, not a script of the page's.
    const results = (await page.evaluate(`${axe}; axe.run()`)) as AxeResults;
    await page.context().close();
    expect(results.passes.length).toBeGreaterThan(10);
    return results.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }

  const windows = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[];
  it.each(windows)("nothing is seriously wrong in any view: %s", async (window) => {
    for (const [view, fragment] of Object.entries(VIEWS)) {
      expect(await faultsOf(fragment, window), view).toEqual([]);
    }
  });
});
