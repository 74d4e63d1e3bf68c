import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cellOf } from "#lrn/model/cells.js";
import { type FileDataset, THESIS_DATASET, type Trial } from "#lrn/model/trial.js";
import { cellKey, trialKey } from "#lrn/sweep/trial-key.js";

const TRIAL: Trial = {
  ...cellOf({
    dataset: THESIS_DATASET,
    depth: 10,
    width: 2,
    connection: "plain",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    epochs: 3000,
  }),
  seed: 7,
};

it("is SHA-256 over the trial's canonical JSON", () => {
  const json =
    '{"connection":"plain","dataset":{"function":"abs","generator":"numpy","samples":20,"seed":42},' +
    '"depth":10,"epochs":3000,"learningRate":0.01,"numerics":"float32/1","optimizer":"adam",' +
    '"seed":7,"trainingStyle":"batch","width":2}';
  expect(trialKey(TRIAL, "float32/1")).toBe(createHash("sha256").update(json).digest("hex"));
});

it("does not depend on the order of the fields", () => {
  const reversed = Object.fromEntries(Object.entries(TRIAL).reverse()) as unknown as Trial;
  expect(trialKey(reversed, "float32/1")).toBe(trialKey(TRIAL, "float32/1"));
});

it.each([
  { depth: 11 },
  { width: 4 },
  { connection: "late-residual" },
  { optimizer: "sgd" },
  { learningRate: 0.1 },
  { trainingStyle: "iterative" },
  { epochs: 100 },
  { seed: 8 },
  { dataset: { ...THESIS_DATASET, seed: 43 } },
] as Partial<Trial>[])("changes with %j", (change) => {
  expect(trialKey({ ...TRIAL, ...change }, "float32/1")).not.toBe(trialKey(TRIAL, "float32/1"));
});

describe("of a dataset of a file", () => {
  const dataset: FileDataset = {
    file: "data/plane.csv",
    inputs: ["x1", "x2"],
    targets: ["y"],
    samples: 15,
    sha256: "1a".repeat(32),
    testSamples: 5,
  };

  it("is over all of it but where the file is", () => {
    const json =
      '{"connection":"plain","dataset":{"inputs":["x1","x2"],"samples":15,' +
      `"sha256":"${dataset.sha256}","targets":["y"],"testSamples":5},` +
      '"depth":10,"epochs":3000,"learningRate":0.01,"numerics":"float32/1","optimizer":"adam",' +
      '"seed":7,"trainingStyle":"batch","width":2}';
    const sha256 = createHash("sha256").update(json).digest("hex");
    for (const file of ["data/plane.csv", "/elsewhere/other.csv"]) {
      expect(trialKey({ ...TRIAL, dataset: { ...dataset, file } }, "float32/1")).toBe(sha256);
    }
  });

  it.each([
    { inputs: ["x1"] },
    { targets: ["z"] },
    { samples: 14 },
    { sha256: "2b".repeat(32) },
    { testSamples: 6 },
    { standardize: "none" },
    { targetScale: 2 },
  ] as Partial<FileDataset>[])("changes with %j", (change) => {
    const keys = [dataset, { ...dataset, ...change }].map((own) =>
      trialKey({ ...TRIAL, dataset: own }, "float32/1"),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });
});

it("changes with the numeric version", () => {
  expect(trialKey(TRIAL, "float32/2")).not.toBe(trialKey(TRIAL, "float32/1"));
});

it("is not the key of the trial's cell", () => {
  const { seed: _seed, ...cell } = TRIAL;
  expect(cellKey(cell, "float32/1")).not.toBe(trialKey(TRIAL, "float32/1"));
});
