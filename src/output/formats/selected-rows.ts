/** What a query selected, as rows for every format. */
import type { Selection, SqlValue } from "../../store/query.js";
import { visible } from "../visible.js";
import type { ResultRows, Value } from "./result-rows.js";

/** Rows to a part, and as many as a terminal is shown of a table. */
const PART = 5000;

/** @param shown on a terminal: control characters in text are then written out */
export function selectedRows({ columns, rows }: Selection, shown: boolean): ResultRows {
  const shownValue = (value: SqlValue) => {
    const text = withoutBlob(value);
    return shown && typeof text === "string" ? visible(text) : text;
  };
  function* parts() {
    let part: Value[][] = [];
    for (const row of rows) {
      if (part.push(row.map(shownValue)) < PART) continue;
      yield part;
      part = [];
    }
    yield part;
  }
  // SQLite types values, not columns.
  return {
    columns: columns.map((name) => ({
      name: shown ? visible(name) : name,
      type: "given" as const,
    })),
    parts: parts(),
  };
}

/** Blobs as SQLite writes them, X'00FF'. */
function withoutBlob(value: SqlValue): Value {
  return value instanceof Uint8Array
    ? `X'${Buffer.from(value).toString("hex").toUpperCase()}'`
    : value;
}
