/** Since when networks are under a threshold, counted again from recorded losses and from whole trainings. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batch, Engine } from "#lrn/engines/contract.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { lookFor } from "#lrn/engines/looks.js";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import { stepsPerPass } from "#lrn/engines/steps.js";
import { type Dataset, makeDataset } from "#lrn/model/dataset.js";
import { rmse, rmsePerEpoch } from "#lrn/model/outcome.js";
import { OPTIMIZERS, type Trial } from "#lrn/model/trial.js";
import { awake, batchOf } from "./batches.js";
import { STYLES } from "./values.js";

const kernel = await loadKernel();
const fused = makeFusedEngine(kernel);

const fromOf = async (engine: Engine, batch: Batch) =>
  (await engine.train(batch)).map(({ under }) => under!.from);

/** From which of the looks on all RMSEs are at or under the threshold; `epochs` where the last one is not. */
function counted(rmses: readonly number[], every: number, epochs: number, threshold: number) {
  const lastAbove = rmses.findLastIndex((error) => !(error <= threshold));
  return Math.min((lastAbove + 1) * every, epochs);
}

describe.each(OPTIMIZERS)("in the batch style, %s", (optimizer) => {
  it.each(["plain", "late-residual"] as const)(
    "it is what the recorded losses say, whatever the threshold, %s",
    async (connection) => {
      const rates = [0.3, 0.03, 0.1, 1, 1e9];
      const { trials, ...batch } = awake(batchOf({ connection, optimizer, epochs: 300 }, 5));
      const own = trials.map((trial, i) => ({ ...trial, learningRate: rates[i] }));
      const dataset = makeDataset(own[0].dataset);
      const [first] = await fused.train({ ...batch, trials: own });
      const met = rmsePerEpoch(dataset, first.losses!);
      // Three that a look of the first network meets exactly, and those nearest to one of them.
      const thresholds = [met[1], met[40], met[299], met[40] * (1 + 2e-16), met[40] * (1 - 2e-16)];
      const seen = new Set<number>();
      for (const threshold of [0.01, 0.2, 0.3, 10, ...thresholds]) {
        const trained = await fused.train({ ...batch, trials: own, threshold });
        for (const { losses, under } of trained) {
          const rmses = [...rmsePerEpoch(dataset, losses!)];
          expect(under).toEqual({ threshold, from: counted(rmses, 1, 300, threshold) });
          seen.add(under!.from);
        }
      }
      expect(seen.size).toBeGreaterThan(8);
      expect(seen.has(300) && seen.has(0)).toBe(true); // also of the one that overflows
    },
  );
});

/** The RMSE over all samples after so many epochs, by training for no longer. */
async function rmseAfter(trial: Trial, dataset: Dataset, epochs: number, initial: Float32Array) {
  const [{ predictions, atStart }] = await fused.train({
    trials: [{ ...trial, epochs: Math.max(1, epochs) }],
    initial: [initial],
  });
  return rmse(dataset, epochs === 0 ? atStart.predictions : predictions);
}

describe.each(STYLES)("%o", (trainingStyle) => {
  it.each(OPTIMIZERS)("it is what trainings that end sooner say, %s", async (optimizer) => {
    const from = new Set<number>();
    for (const targets of ["abs", "abs-sum-difference"] as const) {
      const epochs = 45; // the last pass is cut short
      const base = batchOf({ trainingStyle, optimizer, epochs, learningRate: 0.05 }, 2);
      const data = { ...base.trials[0].dataset, function: targets, samples: 7 };
      const trials = base.trials.map((trial) => ({ ...trial, dataset: data }));
      const batch = awake({ ...base, trials });
      const dataset = makeDataset(trials[0].dataset);
      const every = stepsPerPass(trials[0], dataset.samples);
      for (const [lane, trial] of trials.entries()) {
        const initial = batch.initial![lane];
        const rmses: number[] = [];
        for (let epoch = 0; epoch < epochs; epoch += every) {
          rmses.push(await rmseAfter(trial, dataset, epoch, initial));
        }
        const sorted = rmses.toSorted((a, b) => a - b);
        for (const share of [0.2, 0.5, 0.8]) {
          // Between two looks, so that float32 decides as float64 does.
          const place = Math.floor(share * (sorted.length - 1));
          const threshold = (sorted[place] + sorted[place + 1]) / 2;
          const expected = counted(rmses, every, epochs, threshold);
          for (const engine of [fused, referenceEngine]) {
            expect((await fromOf(engine, { ...batch, threshold }))[lane]).toBe(expected);
          }
          from.add(expected);
        }
      }
    }
    expect(from.size).toBeGreaterThan(1);
  });

  it("of one epoch there is one look, before it, and the end", async () => {
    const batch = awake(batchOf({ trainingStyle, epochs: 1 }, 4));
    const dataset = makeDataset(batch.trials[0].dataset);
    const before = (await fused.train(batch)).map(({ atStart }) =>
      rmse(dataset, atStart.predictions),
    );
    const threshold = (Math.min(...before) + Math.max(...before)) / 2;
    const expected = before.map((error) => (error <= threshold ? 0 : 1));
    expect(new Set(expected).size).toBe(2);
    for (const engine of [fused, referenceEngine]) {
      expect(await fromOf(engine, { ...batch, threshold })).toEqual(expected);
    }
  });
});

it("skipped epochs count as if they had been trained", async () => {
  const full = makeFusedEngine(kernel, { shortcuts: false });
  const found = { skipped: 0, leaving: 0 };
  for (const trainingStyle of ["batch", "iterative"] as const) {
    for (let seed = 0; seed < 30; seed++) {
      const shape = { connection: "plain", optimizer: "sgd", trainingStyle } as const;
      const one = batchOf({ ...shape, depth: 2, learningRate: 1, epochs: 2003 }, 1, seed);
      const [{ losses }] = await full.train(one);
      const rmses = rmsePerEpoch(makeDataset(one.trials[0].dataset), losses!);
      // Some repeat several RMSEs: a threshold between two of them is left and met again until the end.
      const last = [...new Set(rmses.slice(-200))].sort((a, b) => a - b);
      const middle = last.length >> 1;
      const threshold = last.length > 1 ? (last[middle - 1] + last[middle]) / 2 : last[0];
      if (!(threshold > 0 && threshold < 1e6)) continue;
      const [short] = await fromOf(fused, { ...one, threshold });
      if (fused.leftOut().skippedEpochs === 0) continue;
      found.skipped++;
      if (short > 1900) found.leaving++;
      expect([short]).toEqual(await fromOf(full, { ...one, threshold }));
    }
  }
  expect(found.skipped).toBeGreaterThan(5);
  expect(found.leaving).toBeGreaterThan(1);
});

describe("the largest loss that is not above a threshold", () => {
  const scaled = (...deviations: number[]) =>
    ({ targetScalings: deviations.map((deviation) => ({ mean: 0, deviation })) }) as never;
  const after = (loss: number) => {
    const bits = new Int32Array(Float32Array.of(loss).buffer);
    bits[0]++;
    return new Float32Array(bits.buffer)[0];
  };

  it("is the largest one of float32", () => {
    const positive = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (threshold, deviation) => {
        const { limit } = lookFor(scaled(deviation), threshold);
        expect(Object.is(limit, Math.fround(limit))).toBe(true);
        expect(Math.sqrt(limit) * deviation).toBeLessThanOrEqual(threshold);
        expect(Math.sqrt(after(limit)) * deviation).toBeGreaterThan(threshold);
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  it("is finite and never below 0, however far apart threshold and deviation", () => {
    expect(lookFor(scaled(1e-300), 1e6).limit).toBe((2 - 2 ** -23) * 2 ** 127);
    expect(lookFor(scaled(1e300), 1e-6).limit).toBe(0);
  });

  it("is of errors that count by their outputs' deviations", () => {
    const { weights } = lookFor(scaled(3, 4), 1);
    const common = Math.sqrt((9 + 16) / 2);
    expect([...weights]).toEqual([Math.fround(3 / common), Math.fround(4 / common)]);
    expect([...lookFor(scaled(0.3), 1).weights]).toEqual([1]);
  });
});
