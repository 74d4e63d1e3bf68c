/** `lrn figure` as a user runs it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trainingOperations } from "#lrn/engines/cost.js";
import { loadEngine } from "#lrn/engines/load.js";
import { cellOf } from "#lrn/model/cells.js";
import { renderSvg } from "#lrn/output/pictures/svg-renderer.js";
import { type Figure, FIGURES, SECONDS } from "#lrn/thesis/figures.js";
import { WHOLE } from "../engines/batches.js";
import { type Finished, lrn, ROOT, run } from "./lrn.js";

const folder = mkdtempSync(join(tmpdir(), "lrn-figure-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A number per pixel. */
function pixelsOf({ pixels }: { readonly pixels: Buffer }): Uint32Array {
  return new Uint32Array(new Uint8Array(pixels).buffer);
}

function differingPixels(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

/** `lrn figure all`, or for short the first figure of each kind. */
const SHOWN = WHOLE
  ? FIGURES
  : FIGURES.filter(({ kind }, i) => FIGURES.findIndex((other) => other.kind === kind) === i);

/** For short, tables of hundreds of trainings are made of few, and look otherwise than in docs. */
const hasFewSeeds = ({ takes, seeds }: Figure) =>
  !WHOLE && takes === "seeds" && seeds !== undefined;

describe(WHOLE ? "lrn figure all" : "lrn figure, a figure of each kind", () => {
  const out = join(folder, "gallery");
  let all: Finished;
  let slower: number;
  beforeAll(async () => {
    const before = await slowness();
    all = await (WHOLE ? run(["figure", "all", "--json", "--out", out]) : oneByOne());
    slower = Math.max(before, await slowness());
  }, 240_000);

  async function oneByOne(): Promise<Finished> {
    const each: Finished[] = [];
    for (const figure of SHOWN) {
      const seeds = hasFewSeeds(figure) ? ["--seeds", "4"] : [];
      each.push(await run(["figure", figure.id, ...seeds, "--json", "--out", out]));
    }
    return {
      code: Math.max(...each.map(({ code }) => code!)),
      stdout: `[${each.map(({ stdout }) => stdout).join()}]`,
      stderr: each.map(({ stderr }) => stderr).join(""),
    };
  }

  it("succeeds, and a second time trains nothing", async () => {
    expect(all).toMatchObject({ code: 0 });
    expect(all.stderr).toMatch(/[1-9][\d,]* trials trained/);
    const { id } = SHOWN.find(({ kind }) => kind === "convergence-table")!;
    const again = await run(["figure", id, "--out", out]);
    expect(again.stderr).toMatch(/^0 trials trained$/m);
  });

  it.each(SHOWN.filter((figure) => !hasFewSeeds(figure)))(
    "is what the gallery in docs shows: $id",
    ({ id }) => {
      const shown = readFileSync(join(ROOT, `docs/figures/${id}.png`));
      if (readFileSync(join(out, `${id}.png`)).equals(shown)) return;
      const drawn = renderSvg(readFileSync(join(out, `${id}.svg`), "utf8"));
      const [width, height] = [shown.readUInt32BE(16), shown.readUInt32BE(20)]; // of the PNG's header
      expect([width, height]).toEqual([drawn.width, drawn.height]);
      const image = `<image href="data:image/png;base64,${shown.toString("base64")}" width="${width}" height="${height}"/>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`;
      const difference = differingPixels(pixelsOf(renderSvg(svg, 1)), pixelsOf(drawn));
      expect(difference).toBe(0);
    },
  );

  /** How many times longer a training takes here and now than on the machine that the list and estimates are of. */
  async function slowness(): Promise<number> {
    const engine = await loadEngine("fused");
    const cell = cellOf({
      ...{ depth: 10, width: 4, connection: "late-residual" },
      ...{ optimizer: "adam", learningRate: 0.001, trainingStyle: "batch" },
    });
    const trials = Array.from({ length: 64 }, (_, seed) => ({ ...cell, seed }));
    const start = performance.now();
    await engine.train({ trials });
    const took = (performance.now() - start) / 1000;
    const estimated = (trials.length * trainingOperations(cell)) / engine.speed.operationsPerSecond;
    return Math.max(1, took / estimated);
  }

  it("takes about as long as the list says, for a machine of this speed", () => {
    const taken = [...all.stderr.matchAll(/^(?:Figure|Table) (\S+): .* \(([\d.]+) s\)$/gm)];
    expect(taken).toHaveLength(SHOWN.length);
    const kinds = new Map(FIGURES.map(({ id, kind }) => [id.replace("table-", ""), kind]));
    for (const [line, id, seconds] of taken) {
      // The list's are of whole commands from nothing, and so more; ten times as much would mislead.
      expect(Number(seconds), line).toBeLessThan(10 * slower * SECONDS[kinds.get(id)!]);
      expect(SECONDS[kinds.get(id)!], line).toBeLessThan(5);
    }
  });

  it("leaves nothing but the figures and the store", () => {
    const expected = SHOWN.flatMap(({ id }) => ["csv", "png", "svg"].map((end) => `${id}.${end}`));
    const files = readdirSync(out).filter((file) => !/^trials\.db|^\.writer$/.test(file));
    expect(files.toSorted()).toEqual(expected.toSorted());
  });

  it.each(SHOWN)("draws $id, its text too", ({ id }) => {
    const svg = readFileSync(join(out, `${id}.svg`), "utf8");
    // The PNG is what its SVG renders to, so the SVG's pixels tell of both.
    const png = readFileSync(join(out, `${id}.png`));
    const drawn = renderSvg(svg);
    expect(png.equals(drawn.asPng())).toBe(true);

    const withText = pixelsOf(drawn);
    const textless = pixelsOf(renderSvg(svg.replace(/<text.*?<\/text>/gs, "")));
    const white = new Uint32Array(textless.length).fill(2 ** 32 - 1);
    expect(differingPixels(textless, white)).toBeGreaterThan(500);
    // A character of 9 to 17 pixels' height has far more than 4 pixels of ink.
    const characters = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join("");
    expect(characters).toContain(`lrn figure ${id}`);
    expect(differingPixels(withText, textless)).toBeGreaterThan(4 * characters.length);
  });

  it("shows plots whose outcome is the figure's", () => {
    const made = new Map<string, { outcome: { finalRmse: number } }>(
      JSON.parse(all.stdout).map(({ id, data }: { id: string; data: never }) => [id, data]),
    );
    for (const figure of SHOWN) {
      if (figure.kind !== "training-plot") continue;
      const { outcome } = made.get(figure.id)!;
      expect(outcome.finalRmse <= 0.07, figure.id).toBe(figure.published.converged);
    }
  });
});

describe("lrn figure <id>", () => {
  it("lists every figure", async () => {
    const { stdout: out } = await run(["figure", "list"]);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[0])
        .filter(Boolean), // a title that goes on below stands in
    ).toEqual(FIGURES.map(({ id }) => id));
  });

  it("takes a seed that no store has", async () => {
    const out = join(folder, "seed");
    const { code, stdout: text } = await run(["figure", "4.5", "--seed", "123456", "--out", out]);
    expect(code).toBe(0);
    expect(text).toContain("seed 123456");
    expect(readFileSync(join(out, "4.5.svg"), "utf8")).toContain("lrn figure 4.5 --seed 123456");
  });

  it("takes another number of trainings, and says of how many its counts are", async () => {
    const out = join(folder, "seeds");
    const { code, stdout: json } = await run([
      "figure",
      "4.1",
      "--seeds",
      "3",
      "--json",
      "--out",
      out,
    ]);
    expect(code).toBe(0);
    const [first] = JSON.parse(json).data.rows;
    expect(first.parts[0].pairs[0].ours).toMatch(/^\d\/3$/);
  });

  it("says before it trains into a sweep's folder what it adds there, and leaves the sweep's files", async () => {
    const out = join(folder, "swept");
    const grid = [
      "grid.optimizer=adam",
      "grid.learningRate=0.1",
      "grid.width=2",
      "grid.connection=late-residual",
      "grid.trainingStyle=batch",
    ];
    const flags = grid.flatMap((override) => ["--set", override]);
    await run(["sweep", "configs/thesis.json", "--seeds", "1", ...flags, "--out", out]);
    const files = () =>
      ["trials.csv", "cells.csv"].map((name) => readFileSync(join(out, name), "utf8"));
    const before = files();
    const drawn = () => run(["figure", "4.1", "--seeds", "2", "--out", out]);
    const { stderr } = await drawn();
    expect(stderr).toMatch(
      /^\S+ has a sweep's results: trials .* are added to its trials\.db, .*\n/,
    );
    expect(stderr).toContain("\n7 trials trained\n");
    expect(files()).toEqual(before);
    expect((await drawn()).stderr).not.toContain("a sweep's results");
  });

  it("prints nothing with --quiet", async () => {
    const { stdout: out, stderr: error } = await run([
      "figure",
      "1.1",
      "--quiet",
      "--out",
      join(folder, "quiet"),
    ]);
    expect([out, error]).toEqual(["", ""]);
  });

  const file = join(folder, "file");
  it.each([
    [["4.99"], /must be an id of `lrn figure list`, got "4\.99"; did you mean 4\.9, 4\.19/],
    [["nonsense-that-is-near-nothing"], /they are 1\.1, 2\.1/],
    [["4.9", "--seeds", "0"], /--seeds: must be a whole number from 1 to 100,000, got "0"/],
    [["4.5", "--seed", "-1"], /--seed: must be a whole number from 0/],
    [["4.9", "--seed", "1"], /--seed: means nothing to figure 4\.9; give --seeds/],
    [["list", "--seeds", "3"], /--seeds: means nothing to figure list; leave it out/],
    [["list", "--seed", "x"], /--seed: must be a whole number from 0/],
    [["4.5", "--out", file], /--out: must be a folder, .* is a file/],
    [["4.5", "--out", join(file, "inside")], /--out: .* cannot be written \(ENOTDIR\)/],
  ])("refuses %j with exit code 2", async (args, message) => {
    writeFileSync(file, "");
    const { code, stdout: out, stderr: error } = await run(["figure", ...args]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(error).toMatch(message);
    // One line: no stack trace, and no word of trials that were trained before the refusal.
    expect(error.trim().split("\n")).toHaveLength(1);
  });
});

it("lrn --help loads no chart library", async () => {
  const coverage = join(folder, "coverage");
  process.env.NODE_V8_COVERAGE = coverage;
  await lrn(["--help"]).finally(() => delete process.env.NODE_V8_COVERAGE);
  const loaded = readdirSync(coverage).map((file) => readFileSync(join(coverage, file), "utf8"));
  expect(loaded.join()).toContain("dist/command/lrn.js");
  expect(loaded.join()).not.toMatch(/node_modules\/(vega|@resvg)/);
});
