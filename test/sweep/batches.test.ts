import fc from "fast-check";
import { expect, it } from "vitest";
import { batchShape, type EngineTraits } from "#lrn/engines/contract.js";
import { packBatches } from "#lrn/sweep/batches.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const plan = planSweep(
  sweepOf({
    grid: {
      ...SMALL_GRID,
      depth: [2, 30],
      connection: ["plain", "late-residual"],
      learningRate: [0.1, 0.01, 0.001],
    },
    seeds: 300,
    epochs: 3000,
  }),
  "float32/1",
);

it("hands out every missing trial once, in batches of one shape", () => {
  const lanes = fc.constantFrom(1, 4, 8);
  const missing = fc.array(fc.subarray([...plan.seeds]), {
    minLength: plan.cells.length,
    maxLength: plan.cells.length,
  });
  fc.assert(
    fc.property(lanes, missing, (lanes, seeds) => {
      const handedOut: string[] = [];
      for (const batch of packBatches(plan, (cell) => seeds[plan.cells.indexOf(cell)], {
        ...ENGINE,
        lanes,
      })) {
        expect(new Set(batch.map(({ planned }) => batchShape(planned.cell))).size).toBe(1);
        for (const { planned, trial } of batch) handedOut.push(`${planned.key} ${trial.seed}`);
      }
      const asked = plan.cells.flatMap(({ key }, i) => seeds[i].map((seed) => `${key} ${seed}`));
      expect(handedOut.toSorted()).toEqual(asked.toSorted());
    }),
    { numRuns: 30 },
  );
});

it("fills the lanes across learning rates, so that only a shape's last batch has a remainder", () => {
  const sizes = [...packBatches(plan, () => plan.seeds.slice(0, 10), ENGINE)].map(
    (batch) => batch.length % 4,
  );
  // 3 rates of 10 seeds: 30 trials per shape, two lanes left over once in each of the four shapes.
  expect(sizes.filter((remainder) => remainder !== 0)).toEqual([2, 2, 2, 2]);
});

it("begins with the longest trials", () => {
  const depths = [...packBatches(plan, () => plan.seeds, ENGINE)].map(
    ([first]) => first.trial.depth,
  );
  expect(depths).toEqual(depths.toSorted((a, b) => b - a));
});

it("packs no more than a second's work of the engine, nor more trials than it wants", () => {
  const sizes = (engine: Partial<EngineTraits>) =>
    [...packBatches(plan, () => plan.seeds, { ...ENGINE, ...engine })].map((batch) => batch.length);
  const slow = { ...ENGINE.speed, operationsPerSecond: 1 };
  expect(Math.max(...sizes({ speed: slow }))).toBe(ENGINE.lanes);
  expect(Math.max(...sizes({ mostTrials: 8 }))).toBe(8);
  expect(Math.max(...sizes({}))).toBeGreaterThan(8);
});
