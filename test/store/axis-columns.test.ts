/** The axes as the stores' history has them: what is written here must never change, only grow. */
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it } from "vitest";
import { AXIS_NAMES, axisOf } from "#lrn/model/axes.js";
import { columnOfNumber, LATER_NUMBERS } from "#lrn/model/outcome.js";
import { MIGRATIONS, NUMBERS, NUMBERS_OF_VERSION_2 } from "#lrn/store/tables.js";

/** Those that the first version's table has. */
const FOUNDING = [
  "depth",
  "width",
  "connection",
  "optimizer",
  "learningRate",
  "trainingStyle",
  "epochs",
  "dataset",
];

/** Those that came later, in the order in which they did: a new one goes behind the last. */
const LATER: string[] = ["activation", "initialization", "bias"];

/** The first, and the second, sixth and seventh, for numbers of an outcome that came later. */
const OTHER_MIGRATIONS = 4;

it("keeps the axes of the first stores and the order of those that came later", () => {
  const founding = AXIS_NAMES.filter((name) => axisOf(name).founding);
  expect(founding).toEqual(FOUNDING);
  expect(AXIS_NAMES).toEqual([...FOUNDING, ...LATER]);
  expect(MIGRATIONS).toHaveLength(OTHER_MIGRATIONS + LATER.length);
});

it("has a column of its own for every axis, once all migrations are made", () => {
  const db = new DatabaseSync(":memory:");
  for (const migration of MIGRATIONS) db.exec(migration);
  const columns = db.prepare("SELECT name FROM pragma_table_info('cell')").all();
  const names = AXIS_NAMES.map((name) => axisOf(name).column);
  expect(
    columns
      .map(({ name }) => name)
      .slice(2)
      .toSorted(),
  ).toEqual(names.toSorted());
  const view = db.prepare("SELECT * FROM trials").columns();
  expect(view.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  db.close();
});

it("has a column for every number of an outcome that came later", () => {
  expect(NUMBERS).toEqual([...LATER_NUMBERS.map(columnOfNumber), "threshold_rmse"]);
  expect(NUMBERS.slice(0, 20)).toEqual(NUMBERS_OF_VERSION_2);
  expect(MIGRATIONS[5]).toContain("ALTER TABLE trial ADD COLUMN first_layer_rmse REAL");
  expect(MIGRATIONS[6]).toContain("ALTER TABLE trial ADD COLUMN epochs_to_converge INTEGER");
  expect(MIGRATIONS[6]).toContain("ALTER TABLE trial ADD COLUMN threshold_rmse REAL");
});
