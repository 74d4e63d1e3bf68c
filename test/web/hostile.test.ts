/** Texts of files are shown as they are: none is markup, a script or a link. */
import { readFile, writeFile } from "node:fs/promises";
import { beforeAll, expect, it } from "vitest";
import { pageHtml } from "#lrn/output/page/page-html.js";
import { inPackage } from "#lrn/files/package.js";
import { unpackCells } from "#lrn/output/page/page-data.js";
import { readPageSweep } from "#lrn/runs/page-sweep.js";
import { inBrowser, openFile, trained } from "./browser.js";
import { makeReport } from "./reports.js";
import { SMALL } from "./sweeps.js";

const IMAGE = "<img src=x onerror=alert(1)>";
const TEXTS = [
  IMAGE,
  "</script><script>alert(1)</script>",
  "<!--<script>",
  '"><svg onload=alert(1)>',
  "</title></style><b>",
  "&lt;b&gt; &amp; '`$&",
  "javascript:alert(1)",
];
/** Names of files and columns that a file system and a sweep take. */
const FILE = `${IMAGE.replaceAll(" ", "\u00a0")}.csv`;
const SWEEP = {
  ...SMALL,
  dataset: [
    { function: "abs", samples: 20, generator: "numpy", seed: 42 },
    { file: FILE, inputs: ["<img>"], targets: ["</script><b>"] },
  ],
  epochs: 20,
};
const CSV = [
  "<img>,</script><b>",
  ...Array.from({ length: 12 }, (_, i) => `${i},${(i * i) % 5}`),
].join("\n");

const bytes = (path: string) => readFile(inPackage(`dist/${path}`));

inBrowser("hostile text", () => {
  let own: Awaited<ReturnType<typeof readPageSweep>>;
  let folder: string;
  let ordinary: string;
  beforeAll(async () => {
    const made = await makeReport(SWEEP, { [FILE]: CSV }, IMAGE);
    folder = made.folder;
    ordinary = made.page;
    own = await readPageSweep(folder);
  });

  /** A page as `lrn report` writes it, of a folder in which every text is this one. */
  async function pageWith(text: string): Promise<string> {
    const { sweep, files } = own;
    const data = {
      lrn: text,
      files,
      startingPoints: [{ group: text, name: text, cell: unpackCells(own.sweep)[0], seed: 1 }],
      sweep: {
        ...sweep,
        name: text,
        folder: text,
        commit: text,
        start: text,
        end: text,
        engine: { ...sweep.engine, name: text },
        grids: [0, 1].map((cell) => ({ name: `${cell} ${text}`, cells: [cell] })),
        published: sweep.cells.map((_, cell) => ({ cell, from: text, converged: 1, trials: 3 })),
      },
    };
    const [script, style] = (
      await Promise.all([bytes("page/page.js"), bytes("page/page.css")])
    ).map(String);
    const kernel = await bytes("command/kernel.wasm");
    const file = `${folder}/hostile.html`;
    await writeFile(file, pageHtml(`${text}: trained networks`, data, { script, style, kernel }));
    return file;
  }

  it.each(TEXTS)("stays text in every view: %s", async (text) => {
    const page = await openFile(await pageWith(text));
    expect(await page.locator("h1").textContent()).toBe(text);
    await expect.poll(() => page.title()).toBe(text.trim().replace(/\s+/g, " "));
    await page.getByRole("checkbox").check();
    await page.locator("td.rate a").first().click();
    await page.getByText(`The thesis (${text})`).waitFor();
    await page.getByRole("link", { name: "Seed 1", exact: true }).last().click();
    await trained(page);
    await page.getByRole("link", { name: "Playground" }).click();
    await page.getByRole("combobox", { name: "Begin with" }).selectOption({ label: text });
    await trained(page);
    expect(
      await page.locator("img, b, iframe, [onerror], [onload], a[href^=javascript]").count(),
    ).toBe(0);
    expect(await page.locator("script").count()).toBe(3);
    expect(page.noticed).toEqual([]);
    await page.context().close();
  });

  it("of files, columns and paths is text, and networks on them are trained", async () => {
    const page = await openFile(ordinary);
    await page.locator('td.rate a:not([href*="dataset=abs"])').last().click();
    await page.getByRole("link", { name: "Seed 1", exact: true }).last().click();
    await page.locator(".equal").waitFor();
    expect(await page.locator("h1 + p").textContent()).toContain("(<img> to </script><b>)");
    expect(await page.locator("img, b, [onerror]").count()).toBe(0);
    expect(page.noticed).toEqual([]);
  });

  it("in the address bar is none of the page's", async () => {
    const page = await openFile(ordinary);
    for (const text of TEXTS) {
      const parts = new URLSearchParams({
        view: text,
        grid: text,
        dataset: text,
        depth: text,
        x: text,
      });
      for (const view of ["overview", "cell", "trial", "playground"]) {
        parts.set("view", view);
        parts.set("__proto__", text);
        await page.evaluate((to) => {
          location.hash = to;
        }, `#${parts}`);
        await page.locator("main :is(h1, [role=alert])").first().waitFor();
      }
    }
    expect(await page.locator("img, b, iframe, [onerror], [onload]").count()).toBe(0);
    expect(page.noticed).toEqual([]);
  });
});
