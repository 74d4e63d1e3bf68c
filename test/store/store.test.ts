import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, expect, it } from "vitest";
import { cellOf } from "#lrn/model/cells.js";
import { DEAD_COUNTS } from "#lrn/model/dead-counts.js";
import { columnOfNumber, LATER_NUMBERS } from "#lrn/model/outcome.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { openStore, openStoreReadOnly, type StoredTrial } from "#lrn/store/store.js";
import { SOME_COUNTS } from "../model/later-numbers.js";

const CELL = cellOf({
  dataset: THESIS_DATASET,
  depth: 2,
  width: 4,
  connection: "late-residual",
  optimizer: "sgd",
  learningRate: 0.001,
  trainingStyle: "iterative",
  epochs: 3000,
});

const TRIALS: StoredTrial[] = [
  {
    key: "a",
    seed: 0,
    engine: "fused",
    outcome: {
      state: "trained",
      finalRmse: 0.1 + 0.2,
      deadNeurons: 3,
      deadLayers: 1,
      deadOnDomain: 2,
      testRmse: 0.1 + 0.7,
      ...SOME_COUNTS,
    },
    trainMs: 1.25,
  },
  { key: "b", seed: 5, engine: "fused", outcome: { state: "diverged" }, trainMs: 0.5 },
  {
    key: "c",
    seed: 4294967295,
    engine: "reference",
    outcome: { state: "failed", reason: "it's broken" },
    trainMs: 0,
  },
];

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "lrn-store-")), "trials.db");
});

it("gives back what it was given, also after it was closed", () => {
  const store = openStore(file);
  store.write([{ cellKey: "cell", cell: CELL, trials: TRIALS.toReversed() }]);
  expect(store.trialsOf("cell")).toEqual(TRIALS);
  expect(store.seedsDone("cell")).toEqual([0, 5, 4294967295]);
  expect(store.seedsDone("other cell")).toEqual([]);
  store.close();

  const again = openStoreReadOnly(file);
  expect(again.trialsOf("cell")).toEqual(TRIALS);
  again.close();
});

it("gives what came of trials, with the later numbers that are asked for", () => {
  const store = openStore(file);
  store.write([{ cellKey: "cell", cell: CELL, trials: TRIALS }]);
  const { state, finalRmse, deadNeurons, deadLayers, testRmse, collapsed } = TRIALS[0]
    .outcome as never;
  const trained = { state, finalRmse, deadNeurons, deadLayers };
  const others = TRIALS.slice(1).map(({ seed, outcome }) => ({ seed, outcome }));
  const outcomes = (...later: ("testRmse" | "collapsed")[]) => store.outcomesOf("cell", later);
  expect(outcomes()).toEqual([{ seed: 0, outcome: trained }, ...others]);
  expect(outcomes("testRmse")).toEqual([{ seed: 0, outcome: { ...trained, testRmse } }, ...others]);
  expect(outcomes("testRmse", "collapsed")[0].outcome).toEqual({ ...trained, testRmse, collapsed });
  expect(store.outcomesOf("other cell", [])).toEqual([]);
  store.close();
});

it("a store of before has outcomes without the later numbers", () => {
  copyFileSync("test/fixtures/stores/version-1.db", file);
  const store = openStoreReadOnly(file);
  const [{ key }] = store.cells();
  const outcomes = store.outcomesOf(key, ["testRmse", "collapsed"]);
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes).toEqual(store.trialsOf(key).map(({ seed, outcome }) => ({ seed, outcome })));
  store.close();
});

it("writes all batches of a call or none", () => {
  const store = openStore(file);
  const broken = { ...TRIALS[1], trainMs: Number.NaN }; // SQLite takes NaN for NULL
  expect(() =>
    store.write([
      { cellKey: "cell", cell: CELL, trials: [TRIALS[0]] },
      { cellKey: "other", cell: { ...CELL, depth: 5 }, trials: [broken] },
    ]),
  ).toThrow(/NOT NULL/);
  expect(store.seedsDone("cell")).toEqual([]);
  store.write([{ cellKey: "cell", cell: CELL, trials: [TRIALS[0]] }]);
  expect(store.seedsDone("cell")).toEqual([0]);
  store.close();
});

it("keeps the first of two outcomes of one trial", () => {
  const store = openStore(file);
  store.write([{ cellKey: "cell", cell: CELL, trials: [TRIALS[0]] }]);
  store.write([
    { cellKey: "cell", cell: CELL, trials: [{ ...TRIALS[0], outcome: { state: "diverged" } }] },
  ]);
  expect(store.trialsOf("cell")).toEqual([TRIALS[0]]);
  store.close();
});

it("has a view `trials` with a row per trial and the cell's values in it", () => {
  const store = openStore(file);
  store.write([{ cellKey: "cell", cell: CELL, trials: TRIALS }]);
  store.close();
  const db = new DatabaseSync(file);
  const rows = db.prepare("SELECT * FROM trials ORDER BY seed").all() as Record<string, unknown>[];
  db.close();
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({
    key: "a",
    depth: 2,
    width: 4,
    connection: "late-residual",
    optimizer: "sgd",
    learning_rate: 0.001,
    training_style: "iterative",
    seed: 0,
    epochs: 3000,
    engine: "fused",
    state: "trained",
    final_rmse: 0.1 + 0.2,
    dead_neurons: 3,
    dead_layers: 1,
    dead_on_domain: 2,
    test_rmse: 0.1 + 0.7,
    ...Object.fromEntries(DEAD_COUNTS.map((name) => [columnOfNumber(name), SOME_COUNTS[name]])),
    train_ms: 1.25,
  });
});

it("keeps every bit of numbers, also of those that are nearly whole", () => {
  const numbers = [0, 1e-45, 1e-30, 2 ** -53, 1 + 2 ** -52, 3, 0.1 + 0.2, 2 ** 53, 1e38];
  const trials = numbers.map((finalRmse, seed): StoredTrial => {
    const outcome = { state: "trained" as const, finalRmse, deadNeurons: 0, deadLayers: 0 };
    return { key: String(seed), seed, engine: "fused", outcome, trainMs: finalRmse };
  });
  const store = openStore(file);
  store.write([{ cellKey: "numbers", cell: CELL, trials }]);
  expect(store.trialsOf("numbers")).toEqual(trials);
  store.close();
});

it("reads one number of each trial as it reads all of them", () => {
  const store = openStore(file);
  store.write([{ cellKey: "cell", cell: CELL, trials: TRIALS }]);
  for (const field of ["finalRmse", "deadNeurons", "deadLayers", ...LATER_NUMBERS] as const) {
    const numbers = TRIALS.map(({ seed, outcome }) => {
      const trained = outcome.state === "trained" ? outcome : undefined;
      const value = trained?.[field] ?? null;
      return { seed, state: outcome.state, finalRmse: trained?.finalRmse ?? null, value };
    });
    expect(store.numbersOf("cell", field)).toEqual(numbers);
  }
  expect(store.numbersOf("no such cell", "finalRmse")).toEqual([]);
  store.close();
});

it("knows no later number of a store of version 1", () => {
  copyFileSync(fileURLToPath(new URL("../fixtures/stores/version-1.db", import.meta.url)), file);
  const old = openStoreReadOnly(file);
  const { key } = old.cells()[0];
  expect(old.numbersOf(key, "deadNeurons").map(({ value }) => value)).toEqual(
    old.trialsOf(key).map(({ outcome }) => ("deadNeurons" in outcome ? outcome.deadNeurons : null)),
  );
  for (const field of LATER_NUMBERS) {
    for (const { value } of old.numbersOf(key, field)) expect(value).toBeNull();
  }
  old.close();
});
