/** Parquet files of rows. */
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Column, ResultRows, Value } from "./result-rows.js";

/** Whole numbers take 64 bits: a seed may be larger than a signed 32-bit one. */
const TYPES: Readonly<Record<Column["type"], BasicType>> = {
  text: "STRING",
  integer: "INT64",
  given: "DOUBLE",
  measured: "DOUBLE",
  boolean: "BOOLEAN",
};

/**
 * Rows in memory at a time, and in a group of the file. Smaller groups make the file larger and its
 * end, which describes each of them, too.
 */
const ROW_GROUP = 10_000;

/** The file's bytes, a group of rows at a time. */
export function* parquetOfRows({ columns, parts }: ResultRows): Generator<Uint8Array> {
  const described = (rows: readonly (readonly Value[])[]) =>
    columns.map((column, i) => ({
      name: column.name,
      type: TYPES[column.type],
      data: rows.map((row) => stored(row[i], column)),
    }));
  const writer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: described([]) });
  const parquet = new ParquetWriter({ writer, schema, createdBy: "lrn" });
  const written = () => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  for (const rows of groups(parts)) {
    parquet.write({ columnData: described(rows), rowGroupSize: ROW_GROUP });
    yield written();
  }
  parquet.finish();
  yield written();
}

function* groups(parts: ResultRows["parts"]): Generator<(readonly Value[])[]> {
  let group: (readonly Value[])[] = [];
  for (const rows of parts) {
    for (const row of rows) {
      if (group.push(row) < ROW_GROUP) continue;
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

function stored(value: Value, { type }: Column) {
  return type === "integer" && value !== null ? BigInt(value) : value;
}
