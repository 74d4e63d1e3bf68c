/**
 * How long a report takes to open in a browser, and to train and draw a network: fails beyond its limits.
 *
 *     npm run bench:page
 *
 * Needs chromium: on the PATH, or named by LRN_CHROMIUM. The pages are the report of configs/thesis.json, and the same
 * with its trials again and again, as of 500 seeds.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { packColumn, unpackColumn } from "../dist/output/page/packed-columns.js";

const ROUNDS = 7;
const SEEDS = 10;
const MANY_SEEDS = 500;
const NETWORKS = 40;
const TRAININGS = 3;

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

/** Of several times of one thing, the one that nothing else on the machine disturbed. */
const undisturbed = (times) => Math.min(...times);

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Milliseconds from the beginning of a visit until the tables stand on the screen. */
async function msToOpen(browser, file) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
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
  return undisturbed(times);
}

/** Milliseconds from a change of the address to a trial until it is trained, compared and drawn: the median network's. */
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
  const rounds = [];
  for (let round = 0; round < TRAININGS; round++) rounds.push(await msOfEach(page, trials));
  await page.close();
  return median(trials.map((_, i) => undisturbed(rounds.map((times) => times[i]))));
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
    ["the report of configs/thesis.json", statSync(page).size, 3e6, mb],
    ["3,360 trials open in", await msToOpen(browser, page), 1000, ms],
    ["168,000 trials open in", await msToOpen(browser, many), 5000, ms],
    ["a network is trained and drawn in", await msToTrain(browser, page), 100, ms],
  ];
  for (const [name, value, most, words] of measured) {
    const isBeyond = !(value < most);
    const verdict = isBeyond ? "TOO MUCH, must be" : "must be";
    console.log(`${name.padEnd(35)} ${words(value).padStart(8)}  ${verdict} under ${words(most)}`);
    if (isBeyond) process.exitCode = 1;
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
