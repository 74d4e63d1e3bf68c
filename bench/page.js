/**
 * How long a report takes to open in a browser, and to train and draw a network: medians of single openings and
 * trainings, with the 95th percentile beside. Fails where a median is beyond its limit.
 *
 *     npm run bench:page
 *
 * Needs chromium: on the PATH, or named by LRN_CHROMIUM. The pages are the report of configs/thesis.json, and the same
 * with its trials again and again, as of 500 seeds.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { packColumn, unpackColumn } from "../dist/output/page/packed-columns.js";

const OPENINGS = 20;
const SEEDS = 10;
const MANY_SEEDS = 500;
const NETWORKS = 48;

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lrn-page-"));

/** The report of the thesis's sweep. */
function makePage() {
  const lrn = (...args) => {
    const { status, stderr } = spawnSync(process.execPath, ["bin/lrn.js", ...args], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  };
  const results = join(folder, "thesis");
  lrn("sweep", "configs/thesis.json", "--quiet", "--out", results);
  lrn("report", results);
  return join(results, "report.html");
}

/** The same page with as many trials of each cell, which are its own again and again. */
function withSeeds(page, count) {
  const html = readFileSync(page, "utf8");
  const [whole, json] = /<script type="application\/json" id="data">([^<]*)</.exec(html);
  const data = JSON.parse(json);
  const { sweep } = data;
  const repeated = (column) => {
    const values = unpackColumn(column);
    const own = Float64Array.from({ length: (values.length / SEEDS) * count }, (_, row) => {
      const cell = Math.floor(row / count);
      return values[cell * SEEDS + ((row % count) % SEEDS)];
    });
    return packColumn(own);
  };
  sweep.seeds = sweep.seeds.map(() => [[0, count - 1]]);
  sweep.states = repeated(sweep.states);
  for (const name of Object.keys(sweep.columns))
    sweep.columns[name] = repeated(sweep.columns[name]);
  const file = join(folder, `${count}.html`);
  writeFileSync(
    file,
    html.replace(whole, () => whole.replace(json, () => JSON.stringify(data))),
  );
  return file;
}

/** The least of these that the share of them does not exceed. */
function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1];
}

/** Milliseconds of each visit, from its beginning until the tables stand on the screen. */
async function msToOpen(browser, file) {
  const times = [];
  for (let round = 0; round < OPENINGS; round++) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.locator("td.rate a").first().waitFor();
    times.push(
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
          }),
      ),
    );
    await page.close();
  }
  return times;
}

/** Milliseconds of each network, from a change of the address to it until it is trained, compared and drawn. */
async function msToTrain(browser, file) {
  const page = await browser.newPage();
  await page.goto(`${pathToFileURL(file).href}#view=overview&tables=1000`);
  const links = await page
    .locator("td.rate a")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const step = Math.max(1, Math.floor(links.length / NETWORKS));
  const trials = links
    .filter((_, i) => i % step === 0)
    .map((link, i) => ({ link: link.replace("view=cell", "view=trial"), seed: i % SEEDS }));
  const times = await msOfEach(page, trials);
  await page.close();
  return times;
}

/** Milliseconds of each of these trials, one after the other. */
function msOfEach(page, trials) {
  return page.evaluate(async (all) => {
    const found = [];
    for (const { link, seed } of all) {
      const start = performance.now();
      location.hash = `${link}&seed=${seed}`;
      // Seeds differ from trial to trial, so that the heading says whose training it is.
      const isThere = () =>
        document.querySelector("h1").textContent === `Seed ${seed}` &&
        document.querySelector('.training[aria-busy="false"] .equal') !== null;
      await new Promise((resolve) => {
        const look = () => (isThere() ? resolve() : setTimeout(look));
        look();
      });
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
      found.push(performance.now() - start);
    }
    return found;
  }, trials);
}

const executablePath =
  process.env.LRN_CHROMIUM ??
  ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => process.env.PATH.split(delimiter).map((place) => join(place, name)))
    .find((file) => existsSync(file));
if (!executablePath) {
  console.error("bench/page.js: needs chromium on the PATH, or its path in LRN_CHROMIUM");
  process.exit(1);
}
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const page = makePage();
  const many = withSeeds(page, MANY_SEEDS);
  const ms = (value) => `${value.toFixed(0)} ms`;
  const mb = (value) => `${(value / 1e6).toFixed(2)} MB`;
  const measured = [
    ["the report of configs/thesis.json", [statSync(page).size], 3e6, mb],
    ["3,360 trials open in", await msToOpen(browser, page), 1000, ms],
    ["168,000 trials open in", await msToOpen(browser, many), 5000, ms],
    ["a network is trained and drawn in", await msToTrain(browser, page), 100, ms],
  ];
  for (const [name, values, most, words] of measured) {
    const median = quantile(values, 0.5);
    const isBeyond = !(median < most);
    const verdict = isBeyond ? "TOO MUCH, must be" : "must be";
    const found = `${name.padEnd(35)} ${words(median).padStart(8)}  ${verdict} under ${words(most)}`;
    const spread = `median of ${values.length}, 95th percentile ${words(quantile(values, 0.95))}`;
    console.log(values.length > 1 ? `${found} (${spread})` : found);
    if (isBeyond) process.exitCode = 1;
  }
  console.log(`load average over the last minute: ${loadavg()[0].toFixed(1)}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
