import { beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "#lrn/engines/contract.js";
import { loadEngine } from "#lrn/engines/load.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { keepFileNumbers } from "#lrn/model/file-points.js";
import { outcomeOf } from "#lrn/model/outcome.js";
import { cellOf } from "#lrn/model/cells.js";
import {
  batchKey,
  batchOf,
  MOST_DATA_BYTES,
  payloadOf,
  type QueuedBatch,
  refuseLargeData,
} from "#lrn/queue/batch.js";
import { type Result, resultOf, trainedOf } from "#lrn/queue/result.js";
import { packBatches } from "#lrn/sweep/batches.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { hashOf } from "#lrn/sweep/read-dataset.js";
import { SMALL_GRID, sweepOf } from "../sweep/sweeps.js";

const cell = cellOf({
  depth: 3,
  width: 2,
  connection: "late-residual",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 20,
});
const trials = [
  { ...cell, seed: 0 },
  { ...cell, seed: 7 },
  { ...cell, learningRate: 0.1 + 0.2, seed: 2 ** 32 - 1 },
];
const batch = { trials, threshold: 0.05 };

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine("fused");
});

const sent = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
const of = () => ({ engine: engine.name, numerics: engine.numerics });
const key = () => batchKey(batch, engine.numerics);

describe("a batch", () => {
  it("arrives as it was sent, under the same name", () => {
    expect(batchOf(sent(payloadOf(batch, of())), key(), engine)).toEqual(batch);
  });

  it("is named by its trials, their order and the threshold", () => {
    const names = [
      key(),
      batchKey({ trials: trials.toReversed(), threshold: 0.05 }, engine.numerics),
      batchKey({ trials, threshold: 0.06 }, engine.numerics),
      batchKey(batch, "float32/2"),
    ];
    expect(new Set(names).size).toBe(4);
    expect(key()).toBe(batchKey(sent(batch), engine.numerics));
  });

  it.each([
    ["another form", { protocol: 2 }, /protocol/],
    ["another engine", { engine: "tfjs" }, /engine: must be fused, this worker's, got "tfjs"/],
    ["another numeric version", { numerics: "float32/2" }, /numerics: must be float32\/1/],
    ["no trials", { runs: [] }, /runs/],
    ["a field that it does not have", { shell: "x" }, /shell/],
    [
      "a cell that breaks a rule",
      { runs: [{ cell: { ...cell, depth: -1 }, seeds: [1] }] },
      /depth/,
    ],
    ["a cell without a field", { runs: [{ cell: { depth: 2 }, seeds: [1] }] }, /width/],
    ["a seed out of range", { runs: [{ cell, seeds: [2 ** 32] }] }, /seeds/],
    [
      "trials that it is not named by",
      { runs: [{ cell, seeds: [1] }] },
      /not those that it is called by/,
    ],
    ["another threshold", { threshold: 0.06 }, /not those that it is called by/],
    [
      "more trials than a batch",
      {
        runs: [
          { cell, seeds: Array(2048).fill(1) },
          { cell, seeds: [1] },
        ],
      },
      /at most 2048 trials/,
    ],
    [
      "more work than a batch",
      { runs: [{ cell: { ...cell, epochs: 1_000_000 }, seeds: Array(1000).fill(1) }] },
      /about 4 s/,
    ],
  ])("with %s is refused", (_, change, message) => {
    const payload = { ...sent(payloadOf(batch, of())), ...change };
    expect(() => batchOf(payload, key(), engine)).toThrow(message);
  });

  it("with trials of several shapes is refused", () => {
    const mixed = { trials: [trials[0], { ...trials[1], depth: 2 }], threshold: 0.05 };
    const payload = sent(payloadOf(mixed, of()));
    expect(() => batchOf(payload, batchKey(mixed, engine.numerics), engine)).toThrow(/one shape/);
  });

  it("has bounded work of an engine with many lanes too, and what sweeps pack is within it", () => {
    const slow = { operationsPerSecond: 1e5, secondsPerLayer: 0 };
    const many = { ...engine, lanes: 1000, mostTrials: 1024, speed: slow };
    const plan = planSweep(
      sweepOf({ grid: SMALL_GRID, seeds: 1000, epochs: 1000 }),
      engine.numerics,
    );
    const most = { trials: plan.seeds.map((seed) => ({ ...plan.cells[0].cell, seed })) };
    const check = (batch: Pick<QueuedBatch, "trials">) =>
      batchOf(sent(payloadOf(batch, of())), batchKey(batch, engine.numerics), many);
    expect(() => check(most)).toThrow(/about 600 s of work/);
    const packed = [...packBatches(plan, () => plan.seeds, many)];
    expect(packed[0].length).toBeGreaterThan(8);
    for (const batch of packed) check({ trials: batch.map(({ trial }) => trial) });
  });

  it.each([null, 3, "x", []])("that is %j is refused", (payload) => {
    expect(() => batchOf(payload, key(), engine)).toThrow(/^batch /);
  });
});

describe("a data file's numbers", () => {
  const numbers = Float64Array.from([0.1, 1, 0.2, 2, 0.3, 3, 0.4, -4e-300]);
  const columns = { inputs: ["x"], targets: ["y"] };
  const dataset = { file: "d.csv", ...columns, samples: 4, sha256: hashOf(columns, numbers) };
  const own = { trials: [{ ...cell, dataset, seed: 1 }], threshold: 0.05 };

  it("go with the batch, to the bit", () => {
    keepFileNumbers(new Map([[dataset.sha256, numbers]]));
    const payload = sent(payloadOf(own, of()));
    const key = batchKey(own, engine.numerics);
    expect(batchOf(payload, key, engine).numbers?.get(dataset.sha256)).toEqual(numbers);
    for (const data of [
      undefined,
      "AAAA",
      Buffer.from(new Float64Array(8).buffer).toString("base64"),
    ]) {
      expect(() => batchOf({ ...payload, data }, key, engine)).toThrow(/data: must be the numbers/);
    }
  });

  it("are refused where they are many, before anything is sent", () => {
    const many = new Float64Array(MOST_DATA_BYTES / 8 + 2);
    const sha256 = hashOf(columns, many);
    keepFileNumbers(new Map([[sha256, many]]));
    expect(() => refuseLargeData([{ dataset: { ...dataset, sha256 } }])).toThrow(
      /must be at most 131,072 with --queue, are 131,074/,
    );
    expect(() => refuseLargeData([{ dataset }, cell])).not.toThrow();
  });
});

describe("a result", () => {
  async function trained() {
    const trainings = await engine.train(batch);
    const data = makeDataset(cell.dataset);
    return {
      numerics: engine.numerics,
      outcomes: trainings.map((training, i) => outcomeOf(trials[i], data, training)),
      trainMs: trainings.map(({ trainMs }) => trainMs),
    };
  }

  it("arrives to the last bit", async () => {
    const own = await trained();
    expect(trainedOf(sent(resultOf(batch, own)), key(), batch, engine.numerics)).toMatchObject(own);
  });

  it.each([
    ["of another batch", (r: Result) => ({ ...r, key: "x" }), /key: must be that of the batch/],
    ["of another version", (r: Result) => ({ ...r, numerics: "float32/2" }), /numerics/],
    [
      "with a trial less",
      (r: Result) => ({ ...r, outcomes: r.outcomes.slice(1) }),
      /outcomes: must be 3, one per trial, are 2/,
    ],
    [
      "with a time more",
      (r: Result) => ({ ...r, trainMs: [...r.trainMs, 1] }),
      /trainMs: must be 3/,
    ],
    ["with a negative time", (r: Result) => ({ ...r, trainMs: [1, 2, -1] }), /trainMs\[2\]/],
    ["that is nothing", () => null, /^result of batch /],
    ["with a field more", (r: Result) => ({ ...r, more: 1 }), /more/],
    ...Object.entries({
      finalRmse: -1,
      deadNeurons: 7,
      deadLayers: 4,
      deadLayersBorn: 4,
      constantNeurons: 1.5,
      testRmse: 1,
      thresholdRmse: 0.1,
      epochsToConverge: 21,
      state: "lost",
    }).map(
      ([field, value]) =>
        [
          `with ${field} ${value}`,
          (r: Result) => ({
            ...r,
            outcomes: [{ ...r.outcomes[0], [field]: value }, ...r.outcomes.slice(1)],
          }),
          /outcomes\[0\]/,
        ] as const,
    ),
  ] as [string, (result: Result) => unknown, RegExp][])(
    "%s is refused",
    async (_, change, message) => {
      const forged = sent(change(resultOf(batch, await trained())));
      expect(() => trainedOf(forged, key(), batch, engine.numerics)).toThrow(message);
    },
  );

  it("cuts what is long of why a trial failed", () => {
    const failed = { state: "failed", reason: "x".repeat(9999) } as const;
    const own = {
      numerics: engine.numerics,
      outcomes: trials.map(() => failed),
      trainMs: [0, 0, 0],
    };
    const [first] = trainedOf(resultOf(batch, own), key(), batch, engine.numerics).outcomes;
    expect(first).toEqual({ state: "failed", reason: "x".repeat(2000) });
  });
});
