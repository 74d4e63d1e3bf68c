/** From the overview to a trial and through it, with a keyboard alone. */
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { inBrowser, openFile, trained } from "./browser.js";
import { type MadeReport, makeReport } from "./reports.js";
import { SMALL } from "./sweeps.js";

/** What has the focus: its text or name, and whether one sees that it has. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      tag: element.tagName.toLowerCase(),
      text: (element.textContent || element.getAttribute("aria-label") || "").trim(),
      isSeen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
    };
  });

/** Presses Tab until something of this text has the focus; each stop on the way is seen. */
async function tabTo(page: Page, text: RegExp, most = 60): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    expect(now).toMatchObject({ isSeen: true });
    if (text.test(now.text)) return;
  }
  throw new Error(`Tab leads to nothing like ${text}`);
}

inBrowser("with a keyboard alone", () => {
  let report: MadeReport;
  beforeAll(async () => {
    report = await makeReport(SMALL);
  });

  it("one comes from the overview to a trial, at the heading of each view", async () => {
    const page = await openFile(report.page);
    await tabTo(page, /^\d of 3/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Depth 2, width 2, plain/ }).waitFor();
    await expect.poll(() => focused(page)).toMatchObject({ tag: "h1" });

    await tabTo(page, /^Seed 1$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Seed 1" }).waitFor();
    await expect.poll(() => focused(page)).toMatchObject({ tag: "h1", text: "Seed 1" });
    await trained(page);

    await tabTo(page, /^Play$/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowLeft");
    expect(await page.getByText("After 199 of 200 epochs").count()).toBe(1);
    // The focus stays where it is while one goes through epochs.
    expect(await focused(page)).toMatchObject({ tag: "input" });

    await page.goBack();
    await page.getByRole("heading", { name: /^Depth 2/ }).waitFor();
    await expect.poll(() => focused(page)).toMatchObject({ tag: "h1" });
    expect(page.noticed).toEqual([]);
  });

  it("filters are chosen, and keep the focus", async () => {
    const page = await openFile(report.page);
    const depth = page
      .getByRole("form", { name: "Filters" })
      .getByRole("combobox", { name: "Depth", exact: true });
    await depth.focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.locator("td.rate").count()).toBe(2);
    expect(await focused(page)).toMatchObject({ tag: "select", isSeen: true });
  });

  it("the window's title says where one is", async () => {
    const page = await openFile(report.page);
    await expect.poll(() => page.title()).toBe("small");
    await page.locator("td.rate a").first().click();
    await expect.poll(() => page.title()).toMatch(/^Depth 2, width 2, plain/);
  });
});
