/** The fused engine against the reference engine, bit for bit. */
import { afterAll, describe, expect, it } from "vitest";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import { initialParameters } from "#lrn/model/initialization.js";
import type { Training } from "#lrn/model/outcome.js";
import { type DatasetSpec, OPTIMIZERS } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";
import { awake, batchOf, type Field, firstDifference, WHOLE } from "./batches.js";
import { activationAt, agree, fused, isThesis, kernel, SETTINGS } from "./fused-agrees.js";
import { ACTIVATION_VALUES, STYLES } from "./values.js";

function count(trainings: readonly Training[], field: Field, is: (value: number) => boolean) {
  return trainings.reduce((total, training) => total + training[field]!.filter(is).length, 0);
}

/** Whether most of its parameters moved, and stayed finite. */
function learns({ initial, parameters }: Training): boolean {
  const moved = parameters.filter((p, i) => Number.isFinite(p) && p !== initial[i]);
  return moved.length > parameters.length / 2;
}

const all = { trained: 0, learned: 0 };

describe.each(SETTINGS)("$connection, $optimizer, $trainingStyle", ({ index, ...setting }) => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is the reference's at width %i", async (width) => {
    const trained: Training[] = [];
    const { connection } = setting;
    const atFullSize = WHOLE && isThesis({ index, ...setting });
    const least = connection === "late-residual-frozen" ? 2 : 1;
    const depths = atFullSize
      ? Array.from({ length: 30 }, (_, layer) => layer + 1)
      : [least + ((index + width) % 4), 5 + ((index + 3 * width) % (WHOLE ? 26 : 6))];
    // What adds up all layers is awake by itself, and would overflow.
    const wakes = !["residual", "dense"].includes(connection);
    for (const depth of depths) {
      // More epochs than samples, so that the iterative style comes to its first sample again.
      const samples = WHOLE ? THESIS_DATASET.samples : 2 + ((5 * depth + 3 * width) % 7);
      const twoInputs = !atFullSize && (depth + index) % 3 === 0;
      const dataset: DatasetSpec = {
        ...THESIS_DATASET,
        ...(twoInputs && { function: "abs-sum-difference", testSamples: samples + 2 }),
        samples,
      };
      const lanes = 1 + ((depth + width) % (WHOLE ? 7 : 5));
      const activation = atFullSize ? "relu" : activationAt(index + width + depth);
      const shape = { ...setting, activation, dataset, width, depth, epochs: WHOLE ? 22 : 10 };
      const batch = batchOf(shape, lanes, 10 * depth);
      trained.push(...(await agree(wakes && depth % 2 === 0 ? awake(batch) : batch)));
    }
    const learned = trained.filter(learns).length;
    if (atFullSize) expect(learned).toBeGreaterThan(0.3 * trained.length);
    all.trained += trained.length;
    all.learned += learned;
  });
});

/** Equal zeros would prove little. */
afterAll(() => expect(all.learned).toBeGreaterThan(0.5 * all.trained));

describe.each(ACTIVATION_VALUES)("at the ends of float32, %o", (activation) => {
  it.each([2, 3, 4])(
    "overflows as the reference does, beside lanes that do not, width %i",
    async (width) => {
      const batch = awake(batchOf({ activation, width, optimizer: "sgd", epochs: 60 }, 6));
      const rates = [0.01, 30, 0.001, 1e9, 0.1, 1e38];
      const trials = batch.trials.map((trial, i) => ({ ...trial, learningRate: rates[i] }));
      const trained = await agree({ ...batch, trials });
      expect(count(trained, "losses", (v) => v === Number.POSITIVE_INFINITY)).toBeGreaterThan(0);
      expect(count(trained, "losses", Number.isNaN)).toBeGreaterThan(0);
      for (const lane of [1, 3, 5]) expect(trained[lane].parameters.some(Number.isNaN)).toBe(true);
      for (const lane of [0, 2]) expect(trained[lane].parameters.every(Number.isFinite)).toBe(true);
    },
  );

  it.each([2, 3, 4])("keeps the sign of zeros as the reference does, width %i", async (width) => {
    const batch = batchOf({ activation, width }, 5);
    const initial = batch.trials.map((trial) =>
      initialParameters(trial, trial.seed).fill(-0, 0, 2 * width),
    );
    const trained = await agree({ ...batch, initial });
    const hasNegativeZeros = trained.map(({ atStart }) =>
      atStart.activations.some((value) => Object.is(value, -0)),
    );
    expect(hasNegativeZeros).toContain(true);
  });

  it.each(OPTIMIZERS)("keeps subnormal numbers as the reference does, %s", async (optimizer) => {
    const isSubnormal = (value: number) => value !== 0 && Math.abs(value) < 2 ** -126;
    const found = { parameters: 0, activations: 0 };
    for (const width of WHOLE || activation === "relu" ? [2, 3, 4] : [3]) {
      for (const scale of [1e-10, 1e-20, 1e-39, 1e-44]) {
        const batch = batchOf({ activation, width, optimizer }, 5);
        const initial = batch.trials.map((trial) =>
          initialParameters(trial, trial.seed).map((parameter) => Math.abs(parameter) * scale),
        );
        const rates = [0.1, 1e-7, 1e-20, 1e-39, 1e-44];
        const trials = batch.trials.map((trial, i) => ({ ...trial, learningRate: rates[i] }));
        const trained = await agree({ ...batch, trials, initial });
        found.parameters += count(trained, "parameters", isSubnormal);
        found.activations += count(trained, "activations", isSubnormal);
      }
    }
    expect(found.parameters).toBeGreaterThan(0);
    expect(found.activations).toBeGreaterThan(0);
  });
});

describe("a trial", () => {
  it.each([2, 3, 4])(
    "gives the same bits in any lane and batch, and in a fresh kernel, width %i",
    async (width) => {
      const alone = batchOf({ width, learningRate: 0.03 }, 1, 77);
      const expected = await referenceEngine.train(alone);
      for (let lane = 0; lane < 7; lane++) {
        const { trials } = batchOf({ width }, 7);
        const among = trials.map((trial, i) => (i === lane ? alone.trials[0] : trial));
        const trained = await fused.train({ ...alone, trials: among });
        expect(firstDifference([trained[lane]], expected)).toBeNull();
      }
      expect(firstDifference(await makeFusedEngine(kernel).train(alone), expected)).toBeNull();
    },
  );

  it.each(STYLES)(
    "is not changed by recording its losses, or by looking at a threshold, %o",
    async (trainingStyle) => {
      const batch = batchOf({ trainingStyle }, 3);
      const [watched, plain] = [await agree(batch), await fused.train({ trials: batch.trials })];
      for (const { losses, under } of plain)
        expect([losses, under]).toEqual([undefined, undefined]);
      const whole = plain.map((training, i) => {
        const { losses, under } = watched[i];
        return { ...training, losses: losses!, under: under! };
      });
      expect(firstDifference(whole, watched)).toBeNull();
    },
  );
});

// In 32 bits they would come out as less than 4 GiB, and the parts overlap.
it.each([
  { depth: 100, width: 1000 },
  { depth: 270, width: 1000 },
])("refuses what does not fit the 4 GiB of addresses: $depth × $width", ({ depth, width }) => {
  const batch = { ...batchOf({ depth, width }, 1), initial: [new Float32Array(0)] };
  expect(() => fused.train(batch)).toThrow(
    new RegExp(
      `^depth ${depth}, width ${width}, 20 samples and 22 epochs: training four such networks at ` +
        "once would take the fused engine about \\d+\\.\\d GiB, and its memory ends at 4 GiB; take",
    ),
  );
});

it("gives each training its vector's time, divided by the trials of the vector", async () => {
  const engine = makeFusedEngine(kernel);
  const { trials } = batchOf({ connection: "late-residual", epochs: 50 }, 6);
  const times = (await engine.train({ trials })).map(({ trainMs }) => trainMs);
  expect(new Set(times.slice(0, 4)).size).toBe(1);
  expect(new Set(times.slice(4)).size).toBe(1);
  expect(times[4]).not.toBe(times[0]);
  expect(times.reduce((sum, time) => sum + time, 0)).toBeCloseTo(engine.kernelMs(), 9);
});
