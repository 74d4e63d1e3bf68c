import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { run, temporaryFolder, unbroken } from "./lrn.js";

async function risk(...args: string[]) {
  const { code, stdout, stderr } = await run(["risk", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

async function kinds(...args: string[]) {
  return JSON.parse(await risk("--json", ...args)).kinds;
}

describe("of one kind of network", () => {
  it("says how many are born dead, and what theory says of it", async () => {
    const text = await risk("--seeds", "400", "--initialization", "he-normal");
    const [kind] = await kinds("--seeds", "400", "--initialization", "he-normal");
    expect(text).toMatch(/^depth 10, width 2, plain, he-normal initialization: 400 networks/);
    expect(unbroken(text)).toContain(
      `born dead ${kind.rate.toFixed(3)} 95 % interval ${kind.rateLow.toFixed(3)}-${kind.rateHigh.toFixed(3)}`,
    );
    expect(unbroken(text)).toContain(
      "at most 0.925 1 - (1 - 2^-N)^(H-1); holds for activation relu",
    );
    expect(unbroken(text)).toContain(
      "at least 0.903 1 - a^(H-1) + K (b^(H-1) - a^(H-1)); a = 1 - 2^-N",
    );
    expect(unbroken(text)).toContain("exactly 1 - 2^-(H-1); would need width 1");
    expect(kind).toMatchObject({ depth: 10, connections: ["plain"], networks: 400 });
    expect(kind.rateLow).toBeLessThan(kind.atMost);
    expect(kind.rateHigh).toBeGreaterThan(kind.atLeast);
  });

  it("draws enough for a small interval where it is not told how many", async () => {
    const [{ networks, rate, rateLow, rateHigh }] = await kinds("--depth", "2");
    expect(networks).toBe(10_000);
    expect(rateHigh - rateLow).toBeLessThan(0.02);
    expect(Math.abs(rate - 0.156)).toBeLessThan(0.011);
  });

  it("says what dead means where nothing puts out 0", async () => {
    const text = unbroken(await risk("--seeds", "50", "--activation", "gelu"));
    expect(text).toContain("born dead 0.000");
    expect(text).toContain("nothing that holds here");
    expect(text).toContain("Only ReLU puts out 0 over a whole range");
  });

  it("takes parameters and datasets as JSON", async () => {
    const dataset = { function: "square", samples: 5, generator: "seedrandom", seed: 3 };
    const bias = { name: "constant", value: 0.1 };
    const [kind] = await kinds(
      ...["--seeds", "50", "--dataset", JSON.stringify(dataset), "--bias", JSON.stringify(bias)],
    );
    expect(kind).toMatchObject({ dataset, bias });
  });
});

describe("of several", () => {
  it("is a table, a row for each, no wider than 80 characters", async () => {
    const text = await risk("--seeds", "50", "--depth", "2,5,10", "--width", "2,4");
    expect(text.match(/│ depth \d+, width \d/g)).toHaveLength(6);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(unbroken(text)).toContain("the share of 50 drawn networks");
  });

  it("says once what all rows have in common, and in each what not", async () => {
    const dataset = {
      function: "abs",
      samples: 5,
      generator: "numpy",
      seed: 3,
      standardize: "none",
    };
    const args = ["--seeds", "5", "--depth", "2,5", "--dataset", JSON.stringify(dataset)];
    const text = await risk(...args, "--initialization", "rai,he-normal", "--bias", "zero");
    expect(text).toMatch(/^Plain, width 2, dataset abs-5-numpy-3-standardized-none, bias zero\n┌/);
    expect(text.match(/│ depth \d, (rai|he-normal) +│/g)).toHaveLength(4);
    expect(text.split("\n").filter((line) => line.startsWith("│"))).toHaveLength(2 + 4);
  });

  it("tells initializations apart", async () => {
    const all = await kinds("--seeds", "200", "--initialization", "pytorch,rai,mirrored");
    expect(all.map(({ initialization }: { initialization: string }) => initialization)).toEqual([
      "pytorch",
      "rai",
      "mirrored",
    ]);
    const [pytorch, rai, mirrored] = all.map(({ bornDead }: { bornDead: number }) => bornDead);
    expect(pytorch).toBeGreaterThan(rai);
    expect(rai).toBeGreaterThan(mirrored);
    expect(mirrored).toBe(0);
  });

  it("reads a sweep file, whose networks are there once, whatever their output reads", async () => {
    const all = await kinds("configs/thesis.json", "--seeds", "20");
    expect(all).toHaveLength(14);
    expect(all[0]).toMatchObject({ depth: 2, width: 2, connections: ["plain", "late-residual"] });
    const some = await kinds("configs/thesis.json", "--seeds", "20", "--depth", "3", "--width=2");
    expect(some).toHaveLength(1);
    expect(some[0]).toMatchObject({ depth: 3, width: 2 });
  });
});

it.each<[string[], string]>([
  [["--depth", "0"], "risk: --depth: must be a whole number from 1 to 1000, got 0"],
  [["--depth", "2,0"], "risk: --depth[1]: must be a whole number from 1 to 1000, got 0"],
  [
    ["configs/thesis.json", "--width", "0"],
    "risk: --width: must be a whole number from 1 to 256, got 0",
  ],
  [
    ["--bias", '{"name":"constant"}'],
    "risk: --bias.value: is missing; must be a number from -1000 to 1000",
  ],
  [
    ["--dataset", '{"file":"no-such.csv","inputs":["x"],"targets":["y"]}'],
    "risk: --dataset.file: no-such.csv: there is no such file; give the path of a CSV file",
  ],
  [["--seeds", "x"], '--seeds: must be a whole number from 1 to 10,000,000, got "x"'],
  [["no-such.json"], "no-such.json: there is no such file; give the path of a sweep file"],
  [
    ["--initialization", "mirrored", "--width", "3"],
    'risk: initialization: "mirrored" pairs the neurons of a layer, so the width must be even, got 3; ' +
      "give even widths, or another initialization",
  ],
])("refuses %j", async (args, message) => {
  expect(await run(["risk", ...args])).toEqual({
    code: 2,
    stdout: "",
    stderr: `lrn: ${message}\n`,
  });
});

describe("--out", () => {
  const ASKED = ["risk", "--seeds", "50", "--depth", "2,5", "--initialization", "he-normal"];
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  it("without an ending draws a picture, twice, and writes its numbers", async () => {
    const out = join(folder, "bounds");
    const { code, stdout, stderr } = await run([...ASKED, "--out", out]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `written to ${out}.svg, ${out}.png, ${out}.csv\n`,
    });
    expect(stdout).toBe((await run(ASKED)).stdout);
    const svg = await readFile(`${out}.svg`, "utf8");
    expect(svg).toContain("lrn risk --depth 2,5 --initialization he-normal --seeds 50");
    expect((await readFile(`${out}.png`)).subarray(1, 4).toString()).toBe("PNG");
    expect((await readFile(`${out}.csv`, "utf8")).split("\n")).toHaveLength(1 + 2 + 1);
  });

  it("has a dataset in the small print as a shell takes it, the lines broken between its fields", async () => {
    const out = join(folder, "bounds.svg");
    const dataset = {
      function: "abs",
      samples: 5,
      generator: "numpy",
      seed: 1,
      domain: [-0.5, 1.5],
    };
    await run([...ASKED, "--dataset", JSON.stringify(dataset), "--out", out]);
    const svg = await readFile(out, "utf8");
    const words = [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text).join(" ");
    const [, given] = /--dataset '(.+)' --initialization/.exec(words.replaceAll("&quot;", '"'))!;
    expect(JSON.parse(given)).toEqual(dataset);
    expect(await readdir(folder)).toEqual(["bounds.svg"]);
  });

  it("that ends in .json is what --json prints", async () => {
    const out = join(folder, "bounds.json");
    const { stdout } = await run([...ASKED, "--json", "--out", out]);
    expect(await readFile(out, "utf8")).toBe(stdout);
  });

  it.each(["x.pdf", "-", "docs/", ""])("refuses %j", async (out) => {
    const { code, stderr } = await run([...ASKED, `--out=${out}`]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "lrn: --out: must be a file's name that ends in .svg, .png, .csv or .json, or one without an ending, " +
        `for .svg, .png and .csv, got ${JSON.stringify(out)}\n`,
    });
  });

  it("is refused before anything is counted where it cannot be written, or no chart shows it all", async () => {
    const many = ["risk", "--seeds", "10000000"];
    expect((await run([...many, "--out", "/no-such/x.svg"])).stderr).toContain("cannot be written");
    const widths = ["--depth", "1,2", "--width", "1,2,3,4,5,6,7,8", "--out", join(folder, "x.png")];
    expect((await run([...many, ...widths])).stderr).toContain(
      "--out: a chart has at most 7 colours, got 8 (width); give fewer values",
    );
  });
});

it("reads a dataset's file from the working directory, also beside a sweep file elsewhere", async () => {
  const folder = await temporaryFolder();
  const sweep = join(folder, "sweep.json");
  await writeFile(sweep, await readFile("configs/thesis.json"));
  await writeFile(join(folder, "data.csv"), "x,y\n-1,1\n0,0\n1,1\n");
  const file = relative(process.cwd(), join(folder, "data.csv"));
  const dataset = JSON.stringify({ file, inputs: ["x"], targets: ["y"] });
  const all = await kinds(sweep, "--seeds", "2", "--depth", "2", "--dataset", dataset);
  expect(all[0].dataset).toMatchObject({ file: "data.csv", samples: 3 });
});

it("refuses more kinds than anybody would read", async () => {
  const depths = Array.from({ length: 501 }, (_, i) => i + 1).join();
  expect((await run(["risk", "--depth", depths])).stderr).toContain(
    "risk: must be about at most 500 kinds of networks, got 501; give fewer",
  );
});

it("names the file in what is wrong with it", async () => {
  const file = join(await temporaryFolder(), "odd.json");
  await writeFile(file, JSON.stringify({ name: "odd", grid: {}, seeds: 1 }));
  expect((await run(["risk", file])).stderr).toContain(`${file}: grid.depth: is missing`);
});
