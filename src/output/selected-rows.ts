/** What a query selected, as rows for every format, and as a table for a terminal. */
import Table from "cli-table3";
import type { Selection, SqlValue } from "../store/query.js";
import type { ResultRows, Value } from "./result-rows.js";

/** Rows to a part. */
const PART = 1000;

export function selectedRows({ columns, rows }: Selection): ResultRows {
  function* parts() {
    let part: Value[][] = [];
    for (const row of rows) {
      part.push(row.map(withoutBlob));
      if (part.length < PART) continue;
      yield part;
      part = [];
    }
    yield part;
  }
  // SQLite types values, not columns.
  return { columns: columns.map((name) => ({ name, type: "given" as const })), parts: parts() };
}

/** Blobs as SQLite writes them, X'00FF'. */
function withoutBlob(value: SqlValue): Value {
  return value instanceof Uint8Array
    ? `X'${Buffer.from(value).toString("hex").toUpperCase()}'`
    : value;
}

/** Columns of numbers stand to the right. */
export function consoleOfRows({ columns, parts }: ResultRows): string {
  const rows = [...parts].flat();
  const table = new Table({
    head: columns.map(({ name }) => name),
    style: { head: [], border: [], compact: true },
    colAligns: columns.map((_, i) =>
      rows.some((row) => typeof row[i] === "string") ? "left" : "right",
    ),
  });
  for (const row of rows) table.push(row.map((value) => (value === null ? "" : String(value))));
  return table.toString();
}
