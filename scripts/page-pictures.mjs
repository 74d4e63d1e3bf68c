/**
 * Takes the pictures of the report that the docs show, into docs/figures: `node scripts/page-pictures.mjs` after
 * `lrn sweep configs/thesis.json` and `lrn report results/thesis`. It wants a Chromium: $LRN_CHROMIUM, or Debian's.
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = `file://${root}results/thesis/report.html`;
const PICTURES = {
  "report-overview": { fragment: "#view=overview&width=2", height: 1150 },
  "report-trial": {
    fragment:
      "#view=trial&depth=10&width=2&connection=late-residual&optimizer=adam&learning_rate=0.01&training_style=batch&seed=2",
    height: 1500,
  },
};

const browser = await chromium.launch({
  executablePath: process.env.LRN_CHROMIUM ?? "/usr/bin/chromium",
  chromiumSandbox: process.getuid() !== 0,
});
for (const [name, { fragment, height }] of Object.entries(PICTURES)) {
  const tab = await browser.newPage({ viewport: { width: 1000, height }, colorScheme: "light" });
  await tab.goto(page + fragment);
  await tab.waitForSelector("h1");
  if (name === "report-trial") await tab.waitForSelector("text=dead neurons >> nth=0");
  await tab.waitForTimeout(3000);
  const { width, bottom } = await tab.locator("main").evaluate((main) => ({
    width: main.ownerDocument.documentElement.clientWidth,
    bottom: main.getBoundingClientRect().bottom,
  }));
  const clip = { x: 0, y: 0, width, height: Math.min(height, Math.ceil(bottom)) };
  await tab.screenshot({ path: `${root}docs/figures/${name}.png`, clip });
}
await browser.close();
