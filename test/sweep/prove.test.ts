import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openPool, type Pool } from "#lrn/engines/pool.js";
import { columnOfNumber, LATER_NUMBERS } from "#lrn/model/outcome.js";
import { openStore, openStoreReadOnly } from "#lrn/store/store.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { type ProofOptions, proveStore } from "#lrn/sweep/prove.js";
import { runPlan } from "#lrn/sweep/run.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const OPTIONS: ProofOptions = {
  engine: ENGINE,
  knownNumerics: [ENGINE.numerics],
  knownThresholds: [0.3, 0.28, 0.25, undefined],
};
const SWEEP = { grid: { ...SMALL_GRID, depth: [2, 5] }, seeds: 6 };
/** With a threshold that some trials come under. */
const plan = planSweep(sweepOf({ ...SWEEP, convergence: { rmse: 0.3 } }), ENGINE.numerics);

let pool: Pool;
beforeAll(() => {
  pool = openPool("fused", 1);
});
afterAll(() => pool.close());

let file: string;
beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), "lrn-prove-")), "trials.db");
  const store = openStore(file);
  await runPlan(plan, store, pool, { engine: ENGINE });
  store.close();
});

const change = (...sql: string[]) => {
  const db = new DatabaseSync(file);
  for (const statement of sql) db.exec(statement);
  db.close();
};

const proved = async (options: Partial<ProofOptions> = {}) => {
  const store = openStoreReadOnly(file);
  const proof = await proveStore(store, pool, { ...OPTIONS, ...options });
  store.close();
  return proof;
};

it("finds nothing in a store as it was written", async () => {
  expect(await proved()).toEqual({
    trials: 12,
    compared: 12,
    failed: 0,
    ofOtherNumerics: 0,
    withoutLater: 0,
    findings: [],
  });
});

it.each([
  ["final_rmse = final_rmse + 1e-12", "final_rmse"],
  ["dead_neurons = dead_neurons + 1", "dead_neurons"],
  ["dead_layers = 9", "dead_layers"],
  ["dead_on_domain = dead_on_domain + 1", "dead_on_domain"],
  ["epochs_to_converge = epochs_to_converge + 1", "epochs_to_converge"],
  ["epochs_to_converge = NULL", "epochs_to_converge"],
  ["key = 'abc'", "key"],
  ["engine = 'fusee'", "engine"],
])("finds a trial's changed %s", async (set, what) => {
  const [, { cell, key }] = plan.cells;
  change(
    `UPDATE trial SET ${set} WHERE seed = 3 AND cell = (SELECT id FROM cell WHERE key = '${key}')`,
  );
  const { findings } = await proved();
  expect(findings).toMatchObject([{ cell, seed: 3, what }]);
});

it("finds a trial that was made to have diverged, and one of a seed that was changed", async () => {
  change(
    "UPDATE trial SET state = 'diverged', final_rmse = NULL WHERE cell = 1 AND seed = 0",
    "UPDATE trial SET seed = 77 WHERE cell = 2 AND seed = 5",
  );
  const { findings } = await proved();
  expect(findings.map(({ seed, what }) => [seed, what])).toEqual(
    expect.arrayContaining([
      [0, "state"],
      [0, "final_rmse"],
      [77, "key"],
    ]),
  );
});

it.each(["depth = 3", "learning_rate = 0.2", "epochs = 21", "dataset = '{}'", "key = 'x'"])(
  "finds a cell's changed %s, and trains nothing of it",
  async (set) => {
    change(`UPDATE cell SET ${set} WHERE id = 1`);
    const { compared, findings } = await proved();
    expect(findings).toMatchObject([{ what: "cell key" }]);
    expect(compared).toBe(6);
  },
);

it("finds trials without a cell, and tables that are not lrn's", async () => {
  change("PRAGMA foreign_keys = OFF", "DELETE FROM cell WHERE id = 1", "DROP VIEW trials");
  const { findings } = await proved();
  expect(findings.map(({ stored }) => stored)).toEqual([
    "6 trials are of a cell that is not there",
    "its tables are not as lrn makes them",
  ]);
});

it("leaves out trials that failed and those of another arithmetic, and counts them", async () => {
  change(
    `UPDATE trial SET state = 'failed', reason = 'x', final_rmse = NULL, dead_neurons = NULL,
       dead_layers = NULL WHERE cell = 1 AND seed = 2`,
  );
  expect(await proved()).toMatchObject({ compared: 11, failed: 1, findings: [] });
  const other = { engine: { ...ENGINE, numerics: "float32/2" }, knownNumerics: ["float32/1"] };
  expect(await proved(other)).toMatchObject({ compared: 0, ofOtherNumerics: 12, findings: [] });
});

it("counts rows of version 1, which have no later numbers, and compares all else of them", async () => {
  change(
    `UPDATE trial SET threshold_rmse = NULL, ${LATER_NUMBERS.map((name) => `${columnOfNumber(name)} = NULL`).join()} WHERE cell = 1`,
  );
  expect(await proved()).toMatchObject({ compared: 12, withoutLater: 6, findings: [] });
  change("UPDATE trial SET dead_neurons = 9 WHERE cell = 1 AND seed = 2");
  const { findings } = await proved();
  expect(findings).toMatchObject([{ seed: 2, what: "dead_neurons" }]);
});

it("trains each trial with the threshold that its epochs to converge are of", async () => {
  const more = sweepOf({ ...SWEEP, seeds: 9, convergence: { rmse: 0.25 } });
  const store = openStore(file);
  await runPlan(planSweep(more, ENGINE.numerics), store, pool, { engine: ENGINE });
  store.close();
  change("UPDATE trial SET epochs_to_converge = NULL, threshold_rmse = NULL WHERE seed = 0");
  const totals: number[] = [];
  const onProgress: ProofOptions["onProgress"] = (_, { trials }) => totals.push(trials);
  const proof = await proved({ onProgress });
  expect(proof).toMatchObject({ trials: 18, compared: 18, withoutLater: 2, findings: [] });
  expect([totals[0], totals.at(-1)]).toEqual([18, 0]);
  expect(totals).toEqual(totals.toSorted((a, b) => b - a));
  // Another threshold gives other epochs, of one that converged.
  change("UPDATE trial SET threshold_rmse = 0.28 WHERE epochs_to_converge > 0");
  const { findings } = await proved();
  expect(findings.length).toBeGreaterThan(0);
  expect(new Set(findings.map(({ what }) => what))).toEqual(new Set(["epochs_to_converge"]));
});

it("finds a threshold that no run had, and one that is gone", async () => {
  change(
    "UPDATE trial SET threshold_rmse = 0.30000000000000004 WHERE seed = 1",
    "UPDATE trial SET threshold_rmse = NULL, epochs_to_converge = NULL WHERE seed = 4",
  );
  const { findings } = await proved({ knownThresholds: [0.3] });
  const thresholds = findings.filter(({ what }) => what === "threshold_rmse");
  expect(
    new Set(thresholds.map(({ seed, stored, again }) => `${seed} ${stored} ${again}`)),
  ).toEqual(new Set(["1 0.30000000000000004 0.3", "4  0.3"]));
});

it("finds a number gone that a trial of today has", async () => {
  change("UPDATE trial SET first_layer_rmse = NULL WHERE seed = 3");
  const { findings } = await proved();
  expect(new Set(findings.map(({ what, seed }) => `${what} ${seed}`))).toEqual(
    new Set(["first_layer_rmse 3"]),
  );
});

it("finds epochs to converge without a threshold damaged", async () => {
  change("UPDATE trial SET threshold_rmse = NULL, epochs_to_converge = 3 WHERE seed = 2");
  await expect(proved()).rejects.toThrow("breaks the table's rules");
});

it("compares a sample that its seed decides", async () => {
  change("UPDATE trial SET dead_layers = 9");
  const seedsOf = async (seed: number, trials = 4) =>
    (await proved({ sample: { trials, seed } })).findings.map(
      ({ cell, seed }) => `${cell!.depth}/${seed}`,
    );
  const first = await seedsOf(1);
  expect(new Set(first).size).toBe(4);
  expect(await seedsOf(1)).toEqual(first);
  const drawn = new Set<string>();
  for (let seed = 0; seed < 12; seed++) for (const one of await seedsOf(seed)) drawn.add(one);
  expect(drawn.size).toBe(12);
  expect(await seedsOf(1, 1000)).toHaveLength(12);
});

it("finds a cell whose numbers no training can have had", async () => {
  change("UPDATE cell SET learning_rate = 9e999 WHERE id = 1");
  const { findings, compared } = await proved();
  expect(findings).toMatchObject([{ what: "cell key", again: "" }]);
  expect(compared).toBe(6); // the other cell's
  change("UPDATE cell SET width = 9007199254740993 WHERE id = 1");
  await expect(proved()).rejects.toThrow(/trials\.db: is damaged \(Value is too large/);
});
