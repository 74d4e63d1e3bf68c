import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openPool, type Pool } from "#lrn/engines/pool.js";
import { openStore, type StoredTrial } from "#lrn/store/store.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { doneOf, runPlan } from "#lrn/sweep/run.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const sweep = sweepOf({
  grid: { ...SMALL_GRID, depth: [2, 5], connection: ["plain", "late-residual"] },
  seeds: 7,
});
const plan = planSweep(sweep, ENGINE.numerics);

const emptyStore = () => openStore(join(mkdtempSync(join(tmpdir(), "lrn-run-")), "trials.db"));

type Kept = Omit<StoredTrial, "trainMs">;

/** All rows of a store but for the time they took. */
async function trainedWith(workers: number, engine: "fused" | "reference"): Promise<Kept[]> {
  const store = emptyStore();
  const pool = openPool(engine, workers);
  await runPlan(plan, store, pool, { engine: ENGINE });
  await pool.close();
  const rows = plan.cells.flatMap(({ key }) => store.trialsOf(key));
  store.close();
  return rows.map(({ trainMs: _trainMs, ...kept }) => kept);
}

it("gives the same rows whatever the workers and the engine", async () => {
  const one = await trainedWith(1, "fused");
  expect(one).toHaveLength(plan.trials);
  expect(one.every(({ outcome }) => outcome.state === "trained")).toBe(true);
  expect(await trainedWith(3, "fused")).toEqual(one);
  expect(await trainedWith(2, "reference")).toEqual(one);
});

describe("a run", () => {
  const pretending = (train: Pool["train"]) => ({ workers: 2, train });

  it("records what an engine throws as the outcome of its trials, and each trial's own time, and goes on", async () => {
    const store = emptyStore();
    const pool = pretending(async (trials) => {
      if (trials[0].depth === 5) throw new Error("out of memory");
      return {
        outcomes: trials.map(() => ({ state: "diverged" as const })),
        trainMs: trials.map(({ seed }) => seed),
        numerics: ENGINE.numerics,
      };
    });
    expect(await runPlan(plan, store, pool, { engine: ENGINE })).toBe(plan.trials);
    for (const { key, cell } of plan.cells) {
      const expected =
        cell.depth === 5 ? { state: "failed", reason: "out of memory" } : { state: "diverged" };
      expect(store.trialsOf(key).map(({ outcome }) => outcome)).toEqual(
        plan.seeds.map(() => expected),
      );
      expect(store.trialsOf(key).map(({ trainMs }) => trainMs)).toEqual(
        plan.seeds.map((seed) => (cell.depth === 5 ? 0 : seed)),
      );
    }
  });

  it("begins no batch once it is interrupted, and goes on later with what is missing", async () => {
    const store = emptyStore();
    const controller = new AbortController();
    const asked: number[] = [];
    const pool = pretending(async (trials) => {
      asked.push(trials.length);
      controller.abort();
      return {
        outcomes: trials.map(() => ({ state: "diverged" as const })),
        trainMs: trials.map(({ seed }) => seed),
        numerics: ENGINE.numerics,
      };
    });
    const oneWorker = { ...pool, workers: 0.5 };
    const options = { engine: ENGINE, signal: controller.signal };
    const first = await runPlan(plan, store, oneWorker, options);
    expect(asked).toEqual([first]);
    expect(doneOf(plan, store)).toBe(first);
    expect(await runPlan(plan, store, pool, { engine: ENGINE })).toBe(plan.trials - first);
    expect(doneOf(plan, store)).toBe(plan.trials);
  });

  it("refuses what a worker of another numeric version gives", async () => {
    const store = emptyStore();
    const pool = pretending(async (trials) => ({
      outcomes: trials.map(() => ({ state: "diverged" as const })),
      trainMs: trials.map(() => 1),
      numerics: "float32/2",
    }));
    await expect(runPlan(plan, store, pool, { engine: ENGINE })).rejects.toThrow(
      "a worker trains with numeric version float32/2, the plan is for float32/1",
    );
    expect(doneOf(plan, store)).toBe(0);
  });
});
