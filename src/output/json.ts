/** JSON of rows: a list of objects, one a line. */
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

function objectOf(names: readonly string[], row: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(names.map((name, i) => [name, row[i]]));
}
