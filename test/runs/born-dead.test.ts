/** Networks before training, against numbers that others found and against trials. */
import { describe, expect, it } from "vitest";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import type { Newborn } from "#lrn/analysis/applicable-bounds.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { findDeadNeurons } from "#lrn/model/dead-neurons.js";
import { type DatasetSpec, type Initialization, THESIS_DATASET } from "#lrn/model/trial.js";
import {
  countBornDead,
  countBornDeadInBlocks,
  enoughNetworks,
  refuseTooLarge,
} from "#lrn/runs/born-dead.js";

const NEWBORN: Newborn = {
  depth: 9,
  width: 2,
  connection: "plain",
  activation: "relu",
  initialization: "pytorch",
  bias: "scheme",
  dataset: THESIS_DATASET,
};

function count(change: Partial<Newborn>, networks: number) {
  const newborn = { ...NEWBORN, ...change };
  return countBornDead(newborn, makeDataset(newborn.dataset), networks);
}

/** Three standard errors of a share, and half of its last digit. */
const reach = (share: number, networks: number) =>
  3 * Math.sqrt((share * (1 - share)) / networks) + 0.0005;

// From 100,000 networks drawn by another program, with PyTorch's default and the thesis's 20 points.
it.each([
  [2, 2, 0.156, 1.05, 0.16],
  [5, 2, 0.607, 3.92, 0.86],
  [10, 2, 0.906, 8.93, 2.1],
  [20, 2, 0.995, 18.91, 4.6],
  [30, 2, 1, 28.92, 7.1],
  [2, 4, 0.012, 1.91, 0.01],
  [5, 4, 0.142, 7.44, 0.15],
  [10, 4, 0.38, 17.41, 0.46],
])("the thesis's networks of depth %i and width %i", (depth, width, rate, neurons, layers) => {
  const found = count({ depth, width }, 2000);
  expect(Math.abs(found.rate - rate)).toBeLessThan(reach(rate, 2000));
  // Neither's deviation from network to network is above √depth or so.
  expect(Math.abs(found.deadNeurons - neurons)).toBeLessThan(
    (4 * Math.sqrt(depth)) / Math.sqrt(2000),
  );
  expect(Math.abs(found.deadLayers - layers)).toBeLessThan(
    (4 * Math.sqrt(depth)) / Math.sqrt(2000),
  );
});

const LU: DatasetSpec = {
  function: "abs",
  samples: 40,
  generator: "numpy",
  seed: 1,
  domain: [-Math.sqrt(3), Math.sqrt(3)],
  standardize: "none",
};

// Nine hidden layers of width 2 on points of ±√3, as in Lu et al. 2020; from another program.
it.each<[Initialization, number]>([
  ["he-normal", 0.88],
  ["he-uniform", 0.88],
  ["pytorch", 0.874],
  ["rai", 0.238],
  ["mirrored", 0],
  ["sign-flip", 0],
])("Lu's networks with %s: %d", (initialization, rate) => {
  const found = count({ initialization, dataset: LU }, 2000);
  expect(Math.abs(found.rate - rate)).toBeLessThan(reach(rate, 2000));
});

// Simulated by another program for biases of 0, weights by He, one input of both signs.
describe.each([
  [2, [0.156, 0.498, 0.88]],
  [3, [0.043, 0.206, 0.577]],
  [4, [0.011, 0.073, 0.294]],
  [5, [0.003, 0.024, 0.128]],
  [8, [0.0001, 0.0006, 0.008]],
])("width %i, He's weights, biases of 0", (width, rates) => {
  it.each([2, 4, 9].map((depth, i) => [depth, rates[i]]))("depth %i: %d", (depth, rate) => {
    const dataset = { ...LU, samples: 6 };
    const found = count({ depth, width, initialization: "he-normal", dataset }, 2000);
    expect(Math.abs(found.rate - rate)).toBeLessThan(reach(rate, 2000));
  });
});

it.each([
  { connection: "late-residual" },
  { connection: "residual", activation: { name: "prelu", slope: 0 } },
  { connection: "dense", initialization: "rai" },
  { activation: "silu", dataset: { ...LU, samples: 5 } },
] as const)("counts what trials of the same seeds start with, %j", (change) => {
  const newborn: Newborn = { ...NEWBORN, depth: 4, ...change };
  const recipe = {
    optimizer: "adam",
    learningRate: 0.1,
    trainingStyle: "batch",
    epochs: 1,
  } as const;
  const cell = cellOf({ ...newborn, ...recipe });
  const trials = Array.from({ length: 60 }, (_, seed) => ({ ...cell, seed }));
  const dead = trials.map((trial) => {
    const [training] = referenceEngine.train({ trials: [trial] }) as never as [
      { atStart: { activations: Float32Array } },
    ];
    return findDeadNeurons(cell, training.atStart.activations);
  });
  const total = (pick: (of: (typeof dead)[number]) => number) =>
    dead.reduce((sum, of) => sum + pick(of), 0);
  expect(countBornDead(newborn, makeDataset(newborn.dataset), 60)).toMatchObject({
    networks: 60,
    bornDead: total(({ layers }) => Number(layers > 0)),
    deadNeurons: total(({ neurons }) => neurons) / 60,
    deadLayers: total(({ layers }) => layers) / 60,
  });
});

it("counts the same in blocks, between which others have their turn", async () => {
  const points = makeDataset(NEWBORN.dataset);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const counted = await countBornDeadInBlocks(NEWBORN, points, 5000);
  clearInterval(timer);
  expect(counted).toEqual(countBornDead(NEWBORN, points, 5000));
  expect(turns).toBeGreaterThanOrEqual(2);
});

it("draws fewer networks of larger ones, and none that fills the memory", () => {
  expect(enoughNetworks(NEWBORN)).toBe(10_000);
  const large = enoughNetworks({ ...NEWBORN, dataset: { ...LU, samples: 3000 } });
  expect(large).toBeLessThan(1000);
  expect(large).toBeGreaterThan(100);
  const dense: Newborn = { ...NEWBORN, depth: 1000, width: 256, connection: "dense" };
  expect(enoughNetworks(dense)).toBe(100);
  expect(() => refuseTooLarge(dense)).toThrow(
    "depth 1000, width 256, dense: must fit in a gibibyte with 20 samples, does not; " +
      "give fewer samples, or a smaller network",
  );
  expect(() => refuseTooLarge(NEWBORN)).not.toThrow();
});
