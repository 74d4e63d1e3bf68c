/** The fused engine against the reference engine, bit for bit, whatever the trials. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { whyMeaningless } from "#lrn/model/cell-rules.js";
import { cellOf } from "#lrn/model/cells.js";
import {
  type Activation,
  type Bias,
  CONNECTIONS,
  OPTIMIZERS,
  STANDARDIZED,
  TARGET_FUNCTIONS,
  type TrainingStyle,
} from "#lrn/model/trial.js";
import { awake, WHOLE } from "./batches.js";
import { agree } from "./fused-agrees.js";

describe("whatever the trials", () => {
  const parameter = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const activations: fc.Arbitrary<Activation> = fc.oneof(
    fc.constantFrom("relu" as const, "gelu" as const, "silu" as const),
    fc.record({ name: fc.constant("leaky-relu" as const), slope: parameter(1e-6, 1) }),
    fc.record({ name: fc.constant("prelu" as const), slope: parameter(-1, 1) }),
    fc.record({ name: fc.constant("elu" as const), alpha: parameter(1e-6, 20) }),
  );
  const styles: fc.Arbitrary<TrainingStyle> = fc.oneof(
    fc.constantFrom("iterative" as const, "batch" as const),
    fc.record({ name: fc.constant("mini-batch" as const), size: fc.integer({ min: 1, max: 12 }) }),
  );
  const shapes = fc
    .record({
      dataset: fc.record({
        function: fc.constantFrom(...TARGET_FUNCTIONS),
        samples: fc.oneof(fc.constantFrom(2, 7, 33), fc.integer({ min: 2, max: 30 })),
        generator: fc.constantFrom("numpy" as const, "seedrandom" as const),
        seed: fc.nat(1000),
        domain: fc.constantFrom([-1, 1] as const, [0, 3] as const),
        standardize: fc.constantFrom(...STANDARDIZED),
        targetScale: fc.constantFrom(1, 0.3),
        testSamples: fc.constantFrom(0, 1, 5, 70),
      }),
      depth: fc.integer({ min: 1, max: WHOLE ? 30 : 12 }),
      width: fc.integer({ min: 1, max: 8 }),
      connection: fc.constantFrom(...CONNECTIONS),
      activation: activations,
      optimizer: fc.constantFrom(...OPTIMIZERS),
      trainingStyle: styles,
      epochs: fc.integer({ min: 1, max: WHOLE ? 90 : 20 }),
    })
    .filter((shape) => whyMeaningless(cellOf({ ...shape, learningRate: 1 })) === undefined);
  const lanes = fc.array(
    fc.record({
      seed: fc.nat(10_000),
      learningRate: fc.double({ min: -4, max: 1, noNaN: true }).map((power) => 10 ** power),
      initialization: fc.constantFrom("pytorch" as const, "he-uniform" as const),
      bias: fc.constantFrom<Bias>("scheme", "zero", { name: "constant", value: 0.1 }),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it("is the reference's", async () => {
    const property = fc.asyncProperty(shapes, lanes, fc.boolean(), async (shape, own, isAwake) => {
      const batch = {
        trials: own.map(({ seed, ...lane }) => ({ ...cellOf({ ...shape, ...lane }), seed })),
        recordLosses: true,
      };
      await agree(isAwake ? awake(batch) : batch);
    });
    await fc.assert(property, { seed: 42, numRuns: WHOLE ? 1000 : 200 });
  });
});
