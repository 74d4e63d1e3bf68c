/** The estimate, against what it is made of. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { trainingOperations } from "#lrn/engines/cost.js";
import { openStore } from "#lrn/store/store.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { previewRun } from "#lrn/sweep/preview.js";
import { trialKey } from "#lrn/sweep/trial-key.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const plan = planSweep(sweepOf({ grid: { ...SMALL_GRID, depth: [2, 10] }, seeds: 6 }), "float32/1");
const store = () => join(mkdtempSync(join(tmpdir(), "lrn-preview-")), "trials.db");
const speed = { operationsPerSecond: 1e6, secondsPerLayer: 0 };

it("is the operations of all trials at the engine's speed, shared by the workers", async () => {
  const operations = plan.cells.reduce((sum, { cell }) => sum + 6 * trainingOperations(cell), 0);
  for (const workers of [1, 3]) {
    const preview = await previewRun(plan, store(), { ...ENGINE, speed }, workers);
    expect(preview).toMatchObject({ cells: 2, trials: 12, done: 0, left: 12, workers });
    expect(preview.estimateSeconds).toBeCloseTo(operations / 1e6 / workers, 9);
  }
});

it("adds a time for each layer of each batch, whose lanes cost nothing more", async () => {
  const dispatching = { operationsPerSecond: Number.POSITIVE_INFINITY, secondsPerLayer: 1 };
  // A batch of four and one of two in each cell: 20 epochs of 2 and of 10 layers, and six beside them.
  const preview = await previewRun(plan, store(), { ...ENGINE, speed: dispatching }, 1);
  expect(preview.estimateSeconds).toBe(20 * 2 * (2 + 6) + 20 * 2 * (10 + 6));
  const wide = { ...ENGINE, speed: dispatching, lanes: 100 };
  expect((await previewRun(plan, store(), wide, 1)).estimateSeconds).toBe(20 * 8 + 20 * 16);
});

it("is of what the store lacks alone, and tells what it has besides", async () => {
  const file = store();
  const opened = openStore(file);
  const [{ key, cell }] = plan.cells;
  const outcome = { state: "diverged" } as const;
  const trials = [0, 1, 9].map((seed) => ({
    key: trialKey({ ...cell, seed }, "float32/1"),
    ...{ seed, engine: "fused", outcome, trainMs: 1 },
  }));
  opened.write([{ cellKey: key, cell, trials }]);
  opened.close();
  const preview = await previewRun(plan, file, { ...ENGINE, speed }, 1);
  expect(preview).toMatchObject({ done: 2, left: 10, noLongerAskedFor: 1 });
  const [shallow, deep] = plan.cells.map(({ cell }) => trainingOperations(cell) / 1e6);
  expect(preview.estimateSeconds).toBeCloseTo(4 * shallow + 6 * deep, 9);
});
