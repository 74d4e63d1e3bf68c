/** Parquet files of rows. */
import { rename } from "node:fs/promises";
import { type BasicType, fileWriter, parquetWriteRows } from "hyparquet-writer";
import type { Column, ResultRows, Value } from "./result-rows.js";

/** Whole numbers take 64 bits: a seed may be larger than a signed 32-bit one. */
const TYPES: Readonly<Record<Column["type"], BasicType>> = {
  text: "STRING",
  integer: "INT64",
  given: "DOUBLE",
  measured: "DOUBLE",
  boolean: "BOOLEAN",
};

/** Rows in memory at a time, and in a group of the file. */
const ROW_GROUP = 100_000;

/** Replaces the file whole. */
export async function writeParquet(file: string, { columns, parts }: ResultRows): Promise<void> {
  function* objects() {
    for (const rows of parts) {
      for (const row of rows) {
        yield Object.fromEntries(columns.map((column, i) => [column.name, stored(row[i], column)]));
      }
    }
  }
  await parquetWriteRows({
    writer: fileWriter(`${file}.part`),
    rows: objects(),
    columns: columns.map(({ name, type }) => ({ name, type: TYPES[type] })),
    rowGroupSize: ROW_GROUP,
    createdBy: "lrn",
  });
  await rename(`${file}.part`, file);
}

function stored(value: Value, { type }: Column) {
  return type === "integer" && value !== null ? BigInt(value) : value;
}
