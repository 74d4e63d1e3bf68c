import { expect, it } from "vitest";
import { packBatches } from "#lrn/sweep/batches.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { withoutBatch, workLeft } from "#lrn/sweep/work-left.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const DISPATCHING = { ...ENGINE, speed: { operationsPerSecond: 1e9, secondsPerLayer: 1e-4 } };

it.each([ENGINE, DISPATCHING])("batch by batch it comes to nothing", (engine) => {
  const grid = { ...SMALL_GRID, depth: [2, 30], learningRate: [0.1, 0.01] };
  const plan = planSweep(sweepOf({ grid, seeds: 100 }), ENGINE.numerics);
  const all = workLeft(plan, undefined, engine);
  expect(all.trials).toBe(400);
  let left = all;
  for (const batch of packBatches(plan, () => plan.seeds, engine, 2)) {
    const before = left;
    left = withoutBatch(left, batch, engine);
    expect(left.trials).toBe(before.trials - batch.length);
    expect(left.seconds).toBeLessThan(before.seconds);
  }
  expect(left.trials).toBe(0);
  expect(left.seconds / all.seconds).toBeCloseTo(0, 1);
});
