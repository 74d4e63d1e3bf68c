/**
 * The store's tables, as a list of migrations: the first makes the tables, each later one takes a
 * store of the version before it one version forward. A store's version is how many it has had.
 *
 * Readers take the view `trials`, a row per trial; the two tables behind it keep each cell's values once.
 */
import { AXIS_NAMES, axisOf } from "../model/axes.js";
import { columnDefinition, columnOf } from "./axis-columns.js";

/** As the first version made them, for ever. */
const FIRST = `
CREATE TABLE cell (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  depth INTEGER NOT NULL,
  width INTEGER NOT NULL,
  connection TEXT NOT NULL,
  optimizer TEXT NOT NULL,
  learning_rate REAL NOT NULL,
  training_style TEXT NOT NULL,
  epochs INTEGER NOT NULL,
  dataset TEXT NOT NULL
) STRICT;

CREATE TABLE trial (
  cell INTEGER NOT NULL REFERENCES cell (id),
  seed INTEGER NOT NULL,
  key TEXT NOT NULL,
  engine TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('trained', 'diverged', 'failed')),
  final_rmse REAL,
  dead_neurons INTEGER,
  dead_layers INTEGER,
  reason TEXT,
  train_ms REAL NOT NULL,
  PRIMARY KEY (cell, seed),
  CHECK ((state = 'trained') = (final_rmse IS NOT NULL)),
  CHECK ((state = 'failed') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE VIEW trials AS
SELECT trial.key, depth, width, connection, optimizer, learning_rate, training_style, seed, epochs,
       engine, state, final_rmse, dead_neurons, dead_layers, train_ms, reason, dataset
FROM trial JOIN cell ON trial.cell = cell.id;
`;

/**
 * Numbers of an outcome that version 2 has columns for, empty in the rows that stood there before it. They
 * must never change: one that comes later has a migration of its own.
 */
export const NUMBERS_OF_VERSION_2: readonly string[] = [
  "dead_on_domain",
  "test_rmse",
  "dead_neurons_born",
  "dead_neurons_revived",
  "dead_layers_born",
  "dead_layers_revived",
  "constant_neurons",
  "constant_neurons_born",
  "constant_neurons_revived",
  "constant_layers",
  "constant_layers_born",
  "constant_layers_revived",
  "no_gradient_neurons",
  "no_gradient_neurons_born",
  "no_gradient_neurons_revived",
  "no_gradient_layers",
  "no_gradient_layers_born",
  "no_gradient_layers_revived",
  "collapsed",
  "collapsed_born",
];

const TRIALS = `trial.key, depth, width, connection, optimizer, learning_rate, training_style, seed,
       epochs, engine, state, final_rmse, dead_neurons, dead_layers, train_ms, reason, dataset`;

const VERSION_2 = `
${NUMBERS_OF_VERSION_2.map((column) => `ALTER TABLE trial ADD COLUMN ${column} ${typeOfNumber(column)};`).join("\n")}
${viewOf([])}`;

/** What came after version 2: of an axis its column, of trials the numbers of a version. */
interface Added {
  readonly table: "cell" | "trial";
  readonly columns: readonly string[];
  readonly definitions: readonly string[];
}

/** Of the RMSE that `epochs_to_converge` is about: the largest of a converged trial when it was trained. */
export const THRESHOLD_COLUMN = "threshold_rmse";

/** Versions 6 and 7 came after three axes. */
const NUMBERS_OF_VERSION_6 = ["first_layer_rmse"];
const NUMBERS_OF_VERSION_7 = ["epochs_to_converge", THRESHOLD_COLUMN];
const AXES_BEFORE_VERSION_6 = 3;

/** All numbers of an outcome that version 1 had no column for. */
export const NUMBERS: readonly string[] = [
  ...NUMBERS_OF_VERSION_2,
  ...NUMBERS_OF_VERSION_6,
  ...NUMBERS_OF_VERSION_7,
];

/** In the order in which they came: a new one only ever comes behind those that are there. */
const ADDED: readonly Added[] = AXIS_NAMES.filter((name) => !axisOf(name).founding)
  .map(
    (axis): Added => ({
      table: "cell",
      columns: [columnOf(axis)],
      definitions: [columnDefinition(axis)],
    }),
  )
  .toSpliced(
    AXES_BEFORE_VERSION_6,
    0,
    ...[NUMBERS_OF_VERSION_6, NUMBERS_OF_VERSION_7].map(
      (columns): Added => ({
        table: "trial",
        columns,
        definitions: columns.map((column) => `${column} ${typeOfNumber(column)}`),
      }),
    ),
  );

/** Last in the view too. */
function addColumns({ table, definitions }: Added, index: number): string {
  const columns = ADDED.slice(0, index + 1).flatMap((added) => added.columns);
  return `
${definitions.map((definition) => `ALTER TABLE ${table} ADD COLUMN ${definition};`).join("\n")}
${viewOf(columns)}`;
}

function viewOf(added: readonly string[]): string {
  return `
DROP VIEW trials;
CREATE VIEW trials AS
SELECT ${[TRIALS, ...NUMBERS_OF_VERSION_2, ...added].join(", ")}
FROM trial JOIN cell ON trial.cell = cell.id;
`;
}

/** Of a number of an outcome; counts are whole. */
export function typeOfNumber(column: string): "REAL" | "INTEGER" {
  return column.endsWith("_rmse") ? "REAL" : "INTEGER";
}

export const MIGRATIONS: readonly string[] = [FIRST, VERSION_2, ...ADDED.map(addColumns)];
