/** On a phone nothing is cut off, and on paper everything can be read. */
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { inBrowser, openFile, trained } from "./browser.js";
import { type MadeReport, makeReport } from "./reports.js";
import { WIDE, WIDE_FILES } from "./sweeps.js";

const PLACE =
  "depth=3&width=2&connection=late-residual&optimizer=adam&learning_rate=0.01&training_style=batch&epochs=60" +
  "&dataset=abs-20-numpy-42&activation=silu&initialization=pytorch&bias=scheme";
const VIEWS = {
  overview: "#view=overview&tables=1000",
  cell: `#view=cell&${PLACE}`,
  trial: `#view=trial&${PLACE}&seed=1`,
  playground: "#view=playground&depth=30&epochs=50",
  "no cell": "#view=overview&depth=77",
};
const PHONE = { viewport: { width: 360, height: 740 } };

async function shown(page: Page, fragment: string): Promise<void> {
  if (/trial|playground/.test(fragment)) await trained(page);
  for (const details of await page.locator("details > summary").all()) await details.click();
}

inBrowser("a page", () => {
  let report: MadeReport;
  beforeAll(async () => {
    report = await makeReport(WIDE, WIDE_FILES);
  });

  it.each(Object.entries(VIEWS))("on a phone does not scroll sideways: %s", async (_, fragment) => {
    const page = await openFile(report.page, fragment, PHONE);
    await shown(page, fragment);
    const beyond = await page.evaluate(() => {
      const { clientWidth } = document.documentElement;
      const isScrolled = (element: Element) => element.closest(".scrolled, svg") !== null;
      return [...document.querySelectorAll("body *")]
        .filter((each) => !isScrolled(each) && each.getBoundingClientRect().right > clientWidth + 1)
        .map((each) => `${each.tagName} ${each.className}`);
    });
    expect(beyond).toEqual([]);
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBe(client);
    expect(client).toBe(360);
  });

  it("what is wider than a phone is scrolled with keys, too", async () => {
    const page = await openFile(report.page, VIEWS.overview, PHONE);
    const cut = await page.locator(".scrolled").evaluateAll((all) =>
      all
        .filter((each) => each.scrollWidth > each.clientWidth)
        .filter((each) => each.getAttribute("tabindex") !== "0" && !each.querySelector("a"))
        .map((each) => each.outerHTML.slice(0, 80)),
    );
    expect(cut).toEqual([]);
  });

  it.each(Object.entries(VIEWS).slice(0, 4))(
    "on paper is black on white, whole and without buttons: %s",
    async (_, fragment) => {
      const page = await openFile(report.page, fragment, {
        colorScheme: "dark",
        viewport: { width: 700, height: 900 },
      });
      await shown(page, fragment);
      await page.emulateMedia({ media: "print" });
      const paper = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        const controls = [...document.querySelectorAll("button, input[type=range]")].filter(
          (each) => (each as HTMLElement).offsetParent !== null,
        );
        const cut = [...document.querySelectorAll(".scrolled")].filter(
          (each) => getComputedStyle(each).overflowX !== "visible",
        );
        return { color, backgroundColor, controls: controls.length, cut: cut.length };
      });
      const brightness = (css: string) => Math.max(...css.match(/\d+/g)!.slice(0, 3).map(Number));
      expect(brightness(paper.color)).toBeLessThan(80);
      expect(brightness(paper.backgroundColor)).toBeGreaterThan(250);
      expect(paper).toMatchObject({ controls: 0, cut: 0 });
      expect((await page.pdf()).length).toBeGreaterThan(10_000);
      await page.context().close();
    },
  );
});
