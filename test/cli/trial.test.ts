/** `lrn trial` of a stored trial, and as pictures. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { trialKey } from "#lrn/sweep/trial-key.js";
import { run, temporaryFolder, unbroken } from "./lrn.js";

const SMALL = [
  "configs/thesis.json",
  ...["--set", "epochs=3", "--set", "grid.depth=[2]", "--set", "grid.width=[2]"],
  ...["--set", "grid.learningRate=[0.1]", "--set", 'grid.optimizer=["adam"]'],
  ...["--set", "convergence.rmse=0.5", "--seeds", "2", "--workers", "1"],
];

let folder: string;
let rows: Record<string, string>[];

async function rowsOf(of: string): Promise<Record<string, string>[]> {
  const [head, ...lines] = (await readFile(join(of, "trials.csv"), "utf8")).trim().split("\n");
  const names = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])),
  );
}

beforeAll(async () => {
  folder = await temporaryFolder();
  expect((await run(["sweep", ...SMALL, "--out", folder])).code).toBe(0);
  rows = await rowsOf(folder);
});

const trial = (...args: string[]) => run(["trial", folder, ...args]);
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await trial(...args, "--json");
  expect(stderr).toBe("");
  return { code, ...JSON.parse(stdout) };
};

describe("a trial of a folder", () => {
  it("is trained again, and is equal to the last bit", async () => {
    expect(rows).toHaveLength(8);
    const some = [0, 3, 5, 6].map((i) => rows[i]);
    for (const { key, final_rmse, dead_neurons, connection, seed, training_style } of some) {
      const shown = await json("--key", key);
      expect(shown).toMatchObject({
        ...{ code: 0, key, replaced: [], compared: "exactly", agrees: true, differences: [] },
        converged: true, // by the folder's threshold
        trial: { connection, seed: Number(seed), trainingStyle: training_style, epochs: 3 },
      });
      for (const of of [shown.outcome, shown.stored.outcome]) {
        expect([of.finalRmse, of.deadNeurons]).toEqual([Number(final_rmse), Number(dead_neurons)]);
      }
    }
  });

  it("is found by the beginning of its key, and says that it is equal", async () => {
    const { code, stdout } = await trial("--key", rows[2].key.slice(0, 9).toUpperCase());
    expect(code).toBe(0);
    expect(stdout).toContain(`key ${rows[2].key}`);
    expect(unbroken(stdout)).toContain(
      `As stored in ${folder}: final RMSE, dead neurons and dead layers are equal to the last bit.`,
    );
    const loose = await json("--key", rows[2].key, "--rmse", "1e-9");
    expect(loose).toMatchObject({ agrees: true, converged: false });
  });

  it("is another with what flags replace, and compared with nothing", async () => {
    const { key, seed } = rows[0];
    const flags = ["--key", key, "--dataset", '{"function":"square"}', "--seed", "12"];
    const shown = await json(...flags);
    const before = (await json("--key", key)).trial;
    const expected = { ...before, dataset: { ...THESIS_DATASET, function: "square" }, seed: 12 };
    expect(shown).toMatchObject({
      ...{ code: 0, trial: expected, compared: null, agrees: null, differences: [] },
      key: trialKey(expected, "float32/1"),
      stored: { key, engine: "fused" },
      replaced: [
        "dataset square-20-numpy-42 instead of dataset abs-20-numpy-42",
        `seed 12 instead of seed ${seed}`,
      ],
    });
    const reference = await json("--key", key, "--engine", "reference", "--seed", seed);
    expect(reference).toMatchObject({
      replaced: ["engine reference instead of engine fused"],
      compared: null,
    });
    const { stdout } = await trial(...flags);
    expect(unbroken(stdout)).toContain(
      `The trial ${key.slice(0, 12)}… of ${folder} with dataset square-20-numpy-42 instead of dataset ` +
        `abs-20-numpy-42 and seed 12 instead of seed ${seed}: another trial, compared with nothing.`,
    );
  });

  it("is the same where flags give what it has", async () => {
    const { key, seed, connection } = rows[0];
    const flags = ["--seed", seed, "--connection", connection, "--engine", "fused"];
    const dataset = ["--dataset", '{"samples":20}'];
    expect(await json("--key", key, ...flags, ...dataset)).toMatchObject({ agrees: true });
  });
});

describe("a folder whose store was changed", () => {
  let changed: string;
  const change = (sql: string, ...values: string[]) => {
    const db = new DatabaseSync(join(changed, "trials.db"));
    db.prepare(sql).run(...values);
    db.close();
  };
  const shown = (key: string, ...args: string[]) => run(["trial", changed, "--key", key, ...args]);
  beforeAll(async () => {
    changed = await temporaryFolder();
    await run(["sweep", ...SMALL, "--out", changed]);
  });

  it("ends with 1 and says what is not as stored", async () => {
    const [{ key, final_rmse, dead_neurons }] = rows;
    change(
      "UPDATE trial SET final_rmse = 0.125, dead_neurons = dead_neurons + 1 WHERE key = ?",
      key,
    );
    const { code, stdout } = await shown(key);
    expect(code).toBe(1);
    expect(unbroken(stdout)).toContain(
      `Not as stored in ${changed}, compared to the last bit. Final RMSE: stored 0.125, now ${final_rmse}; ` +
        `dead neurons: stored ${Number(dead_neurons) + 1}, now ${dead_neurons}. lrn check --results`,
    );
    const { code: again, stdout: text } = await shown(key, "--json");
    expect(again).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      agrees: false,
      stored: { outcome: { finalRmse: 0.125 } },
    });
    expect((await shown(key, "--seed", "5")).code).toBe(0);
  });

  it("is refused where a row is not what its key names", async () => {
    change("UPDATE trial SET seed = 9 WHERE key = ?", rows[1].key);
    const { code, stdout, stderr } = await shown(rows[1].key);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`a trial with other values has the key ${rows[1].key.slice(0, 12)}…`);
  });

  it("has more than one key that begins alike", async () => {
    const alike = `${rows[2].key.slice(0, 8)}${"0".repeat(56)}`;
    change("UPDATE trial SET key = ? WHERE key = ?", alike, rows[3].key);
    const { code, stderr } = await shown(rows[2].key.slice(0, 7));
    expect(code).toBe(2);
    const [one, other] = [alike, rows[2].key].map((key) => key.slice(0, 11)).toSorted();
    expect(stderr).toContain(
      `has several trials with keys that begin with ${alike.slice(0, 7)}: ${one}… and ${other}…; give more digits`,
    );
    expect((await shown(rows[2].key)).code).toBe(0);
  });
});

it.each([
  [
    ["--key", "abc"],
    "--key: must be a trial's key, 64 hexadecimal digits, or 6 or more",
    'got "abc"',
  ],
  [
    ["--key", "xyzxyz"],
    "--key: must be a trial's key",
    "trials.csv has the keys in its first column",
  ],
  [
    ["--key", "0".repeat(64)],
    "has no trial with a key that begins with 0000",
    "its trials.csv has",
  ],
  [[], "trial: a folder has many trials, got ", "say which with --key"],
  [["--key", "000000", "--depth", "x"], "has no trial", "000000"],
  [["--out", "x.pdf"], "trial: a folder has many trials", "--key"],
])("refuses %j with exit code 2", async (args, ...messages) => {
  const { code, stdout, stderr } = await trial(...args);
  for (const message of messages) expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

it("needs a folder that a sweep wrote, and flags that keep their rules", async () => {
  const nowhere = await run(["trial", join(folder, "nope"), "--key", "abcdef"]);
  expect(nowhere.stderr).toContain("there is no such file; give a folder that lrn sweep wrote");
  const wrong = await trial("--key", rows[0].key, "--dataset", '{"function":"cube"}');
  expect(wrong.stderr).toContain("trial: --dataset.function: must be");
  const odd = await trial("--key", rows[0].key, "--width", "3", "--initialization", "mirrored");
  expect(odd.stderr).toContain('"mirrored" pairs the neurons');
});

describe("trained on a file", () => {
  let file: string;
  let key: string;
  let results: string;
  const shown = (...args: string[]) => run(["trial", results, "--key", key, ...args, "--json"]);
  beforeAll(async () => {
    const data = await temporaryFolder();
    results = join(data, "results");
    file = join(data, "plane.csv");
    const lines = Array.from({ length: 12 }, (_, i) => `${i},${(i * i) % 7},${(i * 5) % 11}`);
    await writeFile(file, ["a,b,c", ...lines].join("\n"));
    const dataset = { file: "plane.csv", inputs: ["a"], targets: ["b"] };
    const axes = { depth: [2], width: [2], connection: ["dense"], optimizer: ["sgd"] };
    const grid = { ...axes, learningRate: [0.1], trainingStyle: ["batch"] };
    const sweep = join(data, "own.json");
    await writeFile(sweep, JSON.stringify({ name: "own", dataset, grid, seeds: 1, epochs: 2 }));
    await run(["sweep", sweep, "--out", results, "--workers", "1"]);
    [{ key }] = await rowsOf(results);
  });

  it("is found where the folder knows the file, and other columns of it are another trial", async () => {
    const { code, stdout } = await shown();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      agrees: true,
      trial: { dataset: { file: "plane.csv" } },
    });
    const other = JSON.parse(
      (await shown("--dataset", '{"inputs":["a","c"],"testSamples":2}')).stdout,
    );
    expect(other.trial.dataset).toMatchObject({ inputs: ["a", "c"], targets: ["b"], samples: 10 });
    expect(other.samples.x[0]).toHaveLength(2);
    expect(other.replaced).toHaveLength(1);
    expect(other.replaced[0]).not.toContain("undefined");
  });

  it("asks for a file's numbers as they were, and takes them from elsewhere", async () => {
    const [moved, whole] = [`${file}.moved`, await readFile(file, "utf8")];
    await rename(file, moved);
    await writeFile(file, whole.replace("\n0,", "\n0.5,"));
    const { code, stderr } = await shown();
    expect(code).toBe(2);
    expect(stderr).toContain("--key: dataset.sha256: ");
    expect(stderr).toContain("must have the numbers that it had");
    const elsewhere = await shown("--dataset", JSON.stringify({ file: moved }));
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ agrees: true });
  });
});

describe("--out", () => {
  it("draws a training and its network, as SVG, PNG and CSV or as the ending says", async () => {
    const out = join(await temporaryFolder(), "x");
    const files = [".svg", ".png", ".csv", "-network.svg", "-network.png", "-network.csv"];
    const { code, stderr } = await trial("--key", rows[0].key.slice(0, 8), "--out", out);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `written to ${files.map((end) => `${out}${end}`).join(", ")}\n`,
    });
    for (const end of [".svg", "-network.svg"]) {
      const svg = await readFile(`${out}${end}`, "utf8");
      expect(svg).toContain(`--key ${rows[0].key.slice(0, 8)}`);
    }
    expect((await readFile(`${out}.png`)).subarray(1, 4).toString()).toBe("PNG");
    const [, first] = (await readFile(`${out}.csv`, "utf8")).split("\n");
    const { rmsePerEpoch } = await json("--key", rows[0].key);
    expect(first).toBe(`loss,the epoch's sample,1,,,${rmsePerEpoch[0]}`);

    const one = await run(["trial", "--epochs", "2", "--depth", "2", "--out", `${out}2.CSV`]);
    expect(one.stderr).toBe(`written to ${out}2.CSV, ${out}2-network.CSV\n`);
  });

  it("says that a network is too large to be drawn", async () => {
    const out = join(await temporaryFolder(), "x.svg");
    const wide = ["--epochs", "1", "--depth", "1", "--width", "70", "--out", out];
    const { stderr } = await run(["trial", ...wide]);
    expect(stderr).toMatch(
      /^--out: the network is not drawn: it has 1 hidden layer, up to 70 neurons/,
    );
    expect(stderr).toContain(`written to ${out}\n`);
  });

  it("refuses what is no picture, and a results folder's own files, before it trains", async () => {
    for (const [out, message] of [
      [
        "x.pdf",
        "--out: must be a file's name that ends in .svg, .png or .csv, or one without an ending",
      ],
      [join(folder, "trials.csv"), "is a results folder's own file and stays as it is"],
      [join(folder, "no", "x.svg"), "cannot be written (ENOENT)"],
    ]) {
      const { code, stdout, stderr } = await trial("--key", rows[0].key, "--out", out);
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    }
  });
});
