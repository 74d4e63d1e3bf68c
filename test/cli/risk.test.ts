import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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
  [["--depth", "0"], "risk --depth 0: grid.depth[0]: must be a whole number from 1 to 1000, got 0"],
  [["--seeds", "x"], '--seeds: must be a whole number from 1 to 10,000,000, got "x"'],
  [["no-such.json"], "no-such.json: there is no such file; give the path of a sweep file"],
  [
    ["--initialization", "mirrored", "--width", "3"],
    'grid: initialization: "mirrored" pairs the neurons of a layer, so the width must be even, got 3; ' +
      "give even widths, or another initialization",
  ],
])("refuses %j", async (args, message) => {
  expect(await run(["risk", ...args])).toEqual({
    code: 2,
    stdout: "",
    stderr: `lrn: ${message}\n`,
  });
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
