/** Filters narrow what the overview shows, and the address bar keeps them. */
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { AXIS_NAMES, type AxisName, axisOf } from "#lrn/model/axes.js";
import { capitalized, valueText } from "#lrn/model/cells.js";
import { readResults } from "#lrn/runs/library.js";
import type { Cell } from "#lrn/model/trial.js";
import { inBrowser, openFile } from "./browser.js";
import { type MadeReport, makeReport } from "./reports.js";
import { WIDE, WIDE_FILES } from "./sweeps.js";

const ALL = "#view=overview&tables=1000";

const filter = (page: Page, name: string) =>
  page.getByRole("form", { name: "Filters" }).getByRole("combobox", { name, exact: true });

/** How many cells the tables show, and how many trials the totals count. */
async function shown(page: Page) {
  const counts = await page.locator(".totals tbody td:nth-child(3)").allTextContents();
  return {
    cells: await page.locator("td.rate").count(),
    trials: counts.reduce((sum, count) => sum + Number(count.replace(",", "")), 0),
  };
}

inBrowser("the filters of the overview", () => {
  let report: MadeReport;
  let cells: readonly Cell[];
  beforeAll(async () => {
    report = await makeReport(WIDE, WIDE_FILES);
    cells = (await readResults(report.folder)).cells.map(({ cell }) => cell);
  });
  const countWith = (name: AxisName, text: string) =>
    cells.filter((cell) => valueText(name, cell[name]) === text).length;

  it.each(AXIS_NAMES)("by %s", async (name) => {
    const page = await openFile(report.page, ALL);
    const select = filter(page, capitalized(axisOf(name).label));
    const values = await select
      .locator("option")
      .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
    expect(values.slice(1).sort()).toEqual(
      [...new Set(cells.map((cell) => valueText(name, cell[name])))].sort(),
    );
    const last = values.at(-1)!;
    await select.selectOption(last);
    const count = countWith(name, last);
    expect(count).toBeLessThan(cells.length);
    expect(await shown(page)).toEqual({ cells: count, trials: count * WIDE.seeds });
    const fragment = new URLSearchParams(new URL(page.url()).hash.slice(1));
    expect(fragment.get(axisOf(name).column)).toBe(last);
    await page.context().close();
  });

  it("by a grid that has a name", async () => {
    const page = await openFile(report.page, ALL);
    await filter(page, "Grid").selectOption("initializations");
    expect((await shown(page)).cells).toBe(6 * 2 * 3);
  });

  it("together, until all are shown again", async () => {
    const page = await openFile(report.page, ALL);
    await filter(page, "Depth").selectOption("2");
    await filter(page, "Optimizer").selectOption("momentum");
    expect(await page.getByText("No cell has all of these.").count()).toBe(1);
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    expect((await shown(page)).cells).toBe(cells.length);
  });

  it("stay after the page is loaded again, after a way back, and in a link that is opened afresh", async () => {
    const page = await openFile(report.page, ALL);
    await filter(page, "Optimizer").selectOption("momentum");
    await filter(page, "Dataset").selectOption({ index: 2 });
    const before = await shown(page);
    expect(before.cells).toBe(3 * 2 * 2);

    await page.reload();
    await page.locator("td.rate").first().waitFor();
    expect(await shown(page)).toEqual(before);

    await page.locator("td.rate a").first().click();
    await page.getByRole("heading", { name: /momentum/ }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "wide" }).waitFor();
    expect(await shown(page)).toEqual(before);
    expect(await filter(page, "Optimizer").inputValue()).toBe("momentum");

    const other = await openFile(report.page, new URL(page.url()).hash);
    expect(await shown(other)).toEqual(before);
    expect([...page.noticed, ...other.noticed]).toEqual([]);
  });

  it("of a link that leads nowhere are told", async () => {
    const page = await openFile(report.page, "#view=overview&depth=77&nonsense=%22%3E%3Cb%3E");
    expect(await page.getByRole("status").textContent()).toMatch(/No cell has all of these/);
    expect(page.noticed).toEqual([]);
  });
});
