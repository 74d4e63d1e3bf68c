/** JSON of rows: a list of objects, one per line; and of tables. */
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import type { ResultRows, Value } from "./result-rows.js";

export function* jsonOfRows({ columns, parts }: ResultRows): Generator<string> {
  const names = columns.map(({ name }) => name);
  yield "[";
  let separator = "\n";
  for (const rows of parts) {
    for (const row of rows) {
      yield `${separator}  ${JSON.stringify(objectOf(names, row))}`;
      separator = ",\n";
    }
  }
  yield "\n]\n";
}

/** As `JSON.stringify` indents a list, a table at a time. */
export function* jsonOfTables(tables: readonly ConvergenceTable[]): Generator<string> {
  if (tables.length === 0) return yield "[]\n";
  let separator = "[\n";
  for (const table of tables) {
    yield separator + JSON.stringify(table, null, 2).replace(/^/gm, "  ");
    separator = ",\n";
  }
  yield "\n]\n";
}

function objectOf(names: readonly string[], row: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(names.map((name, i) => [name, row[i]]));
}
