import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openQueries } from "#lrn/store/query.js";
import { openStore } from "#lrn/store/store.js";

let folder: string;
let file: string;
let queries: ReturnType<typeof openQueries>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lrn-query-"));
  file = join(folder, "trials.db");
  openStore(file).close();
  const db = new Database(file);
  db.exec("CREATE TABLE point (x INTEGER, y TEXT); INSERT INTO point VALUES (1, 'a'), (2, NULL)");
  db.close();
  queries = openQueries(file, "CREATE TEMP VIEW points AS SELECT x, y, x > 1 AS far FROM point");
});
afterEach(() => queries.close());

const rows = (sql: string) => [...queries.select(sql).rows];

it("reads rows from the views, by their columns", () => {
  const selection = queries.select("SELECT y, far, y FROM points ORDER BY x");
  expect(selection.columns).toEqual(["y", "far", "y"]);
  expect([...selection.rows]).toEqual([
    ["a", 0, "a"],
    [null, 1, null],
  ]);
  expect(rows("SELECT * FROM points WHERE x > 9")).toEqual([]);
});

it.each([
  "/* ; */ SELECT ';' AS \"a;b\" -- ; more",
  "SELECT ';';  ",
  "WITH far AS (SELECT ';' AS y) SELECT y FROM far",
  "VALUES (';')",
])("takes %j for one statement", (sql) => {
  expect(rows(sql)).toEqual([[";"]]);
});

it("reads as many rows as there are", () => {
  const counting = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 2500)";
  expect(rows(`${counting} SELECT i FROM n`).map(([i]) => i)).toEqual(
    Array.from({ length: 2500 }, (_, i) => i + 1),
  );
});

describe("never writes", () => {
  it.each([
    ["INSERT INTO point VALUES (3, 'c')", "must only read"],
    ["DELETE FROM point RETURNING x", "must only read"],
    ["WITH a AS (SELECT 1) DELETE FROM point RETURNING x", "attempt to write a readonly database"],
    ["WITH a AS (SELECT 1) UPDATE point SET x = 7", "must only read"],
    ["DROP TABLE point", "must only read"],
    ["CREATE TEMP TABLE other (x)", "must only read"],
    ["PRAGMA query_only = 0", "must only read"],
    ["PRAGMA journal_mode = DELETE", "must only read"],
    ["SELECT 1; DELETE FROM point", "must be one statement"],
    ["SELECT ';' ; DELETE FROM point", "must be one statement"],
    ["", "must only read"],
  ])("%s", (sql, message) => {
    const before = readFileSync(file);
    expect(() => rows(sql)).toThrow(message);
    expect(readFileSync(file)).toEqual(before);
    expect(rows("SELECT x FROM points")).toEqual([[1], [2]]);
  });

  it.each(["ATTACH", "VACUUM INTO"])("another file, by %s", (statement) => {
    const other = join(folder, "other.db");
    expect(() => rows(`${statement} '${other}'`)).toThrow("must only read");
    expect(readdirSync(folder)).not.toContain("other.db");
  });
});

it("passes on what SQLite says", () => {
  expect(() => rows("SELECT z FROM points")).toThrow("SQL: no such column: z");
  expect(() => rows("SELECT FROM")).toThrow('SQL: near "FROM": syntax error');
  expect(() => rows("SELECT abs(-9223372036854775808)")).toThrow("SQL: integer overflow");
});

it("refuses a file that is no database, and leaves it alone", () => {
  const text = join(import.meta.dirname, "query.test.ts");
  const before = readFileSync(text);
  expect(() => openQueries(text, "SELECT * FROM point")).toThrow(
    "is damaged (file is not a database)",
  );
  expect(readFileSync(text)).toEqual(before);
});
