import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openQueries } from "#lrn/store/query.js";
import { FUNCTIONS, TABLE_FUNCTIONS } from "#lrn/store/query-rules.js";
import { openStore } from "#lrn/store/store.js";

/** A store with a table more, as each test finds it: to make one takes longer than to ask it. */
let made: Buffer;
beforeAll(() => {
  const file = join(mkdtempSync(join(tmpdir(), "lrn-query-")), "trials.db");
  openStore(file).close();
  const db = new DatabaseSync(file);
  db.exec("CREATE TABLE point (x INTEGER, y TEXT); INSERT INTO point VALUES (1, 'a'), (2, NULL)");
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  made = readFileSync(file);
});

let folder: string;
let file: string;
let queries: ReturnType<typeof openQueries>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lrn-query-"));
  file = join(folder, "trials.db");
  writeFileSync(file, made);
  queries = openQueries(file, {
    sql: "CREATE TEMP VIEW points AS SELECT x, y, x > 1 AS far FROM point",
  });
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

it.each([
  ["WITH far AS (SELECT 1 UNION SELECT 2) SELECT count(*) FROM far", [[2]]],
  ["SELECT count(*) FROM points", [[2]]],
  ["SELECT value FROM json_each('[3, 4]')", [[3], [4]]],
  ["SELECT count(*) FROM JSON_EACH('[3, 4]')", [[2]]],
  ["SELECT count(*) FROM Json_Tree('[3, 4]'), POINTS, Sqlite_Schema WHERE x = 9", [[0]]],
  ["SELECT sum(x) OVER (ORDER BY x) FROM points", [[1], [3]]],
  ["SELECT 9223372036854775807, 9007199254740991", [["9223372036854775807", 9007199254740991]]],
  ["SELECT CAST(x'FF41' AS TEXT)", [["\uFFFDA"]]],
])("%s", (sql, expected) => {
  expect(rows(sql)).toEqual(expected);
});

it("explains a statement", () => {
  expect(queries.select("EXPLAIN QUERY PLAN SELECT x FROM points").columns).toContain("detail");
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
    ["WITH a AS (SELECT 1) DELETE FROM point RETURNING x", "must only read"],
    ["WITH a AS (SELECT 1) UPDATE point SET x = 7", "must only read"],
    ["EXPLAIN DELETE FROM point", "must only read"],
    ["DROP TABLE point", "must only read"],
    ["CREATE TEMP TABLE other (x)", "must only read"],
    ["PRAGMA query_only = 0", "must only read"],
    ["PRAGMA journal_mode = DELETE", "must only read"],
    ["SELECT 1; DELETE FROM point", "must be one statement"],
    ["SELECT ';' ; DELETE FROM point", "must be one statement"],
    ["SELECT 1\0; DELETE FROM point", "must be one statement"],
    ["SELECT 1\0", "must only read"],
    ["", "must only read"],
  ])("%s", (sql, message) => {
    const before = readFileSync(file);
    expect(() => rows(sql)).toThrow(message);
    expect(readFileSync(file)).toEqual(before);
    expect(rows("SELECT x FROM points")).toEqual([[1], [2]]);
  });

  it.each(["ATTACH", "VACUUM INTO", "EXPLAIN ATTACH", "EXPLAIN VACUUM INTO"])(
    "another file, by %s",
    (statement) => {
      const other = join(folder, "other.db");
      expect(() => rows(`${statement} '${other}' AS other`)).toThrow("SQL: ");
      expect(readdirSync(folder)).not.toContain("other.db");
    },
  );
});

/**
 * Everything that the SQLite in use offers, judged. A name that stands in no list makes these tests
 * fail: judge it, and put it into the list that it belongs to.
 */
describe("of all that SQLite offers, a query may use", () => {
  const offered = (list: string) => {
    const db = new DatabaseSync(":memory:");
    const names = db.prepare(`SELECT DISTINCT name FROM pragma_${list} ORDER BY 1`).all();
    db.close();
    return names.map(({ name }) => name as string);
  };

  /** They load code, print to a log, or belong to full-text and spatial indexes, which a store has not. */
  const REFUSED_FUNCTIONS = `
    load_extension sqlite_log fts3_tokenizer fts5 fts5_get_locale fts5_insttoken fts5_locale
    fts5_source_id bm25 highlight match matchinfo offsets optimize snippet rtreecheck rtreedepth
    rtreenode geopoly_area geopoly_bbox geopoly_blob geopoly_ccw geopoly_contains_point geopoly_debug
    geopoly_group_bbox geopoly_json geopoly_overlap geopoly_regular geopoly_svg geopoly_within
    geopoly_xform`
    .trim()
    .split(/\s+/);

  it("the functions that only compute", () => {
    const names = offered("function_list");
    expect(names.length).toBeGreaterThan(150);
    const judged = new Set([...FUNCTIONS, ...REFUSED_FUNCTIONS]);
    expect(names.filter((name) => !judged.has(name))).toEqual([]);
    expect(REFUSED_FUNCTIONS.filter((name) => FUNCTIONS.has(name))).toEqual([]);
    for (const name of names.filter((name) => !FUNCTIONS.has(name))) {
      for (const args of ["", "1", "1, 2", "1, 2, 3"]) {
        expect(() => rows(`SELECT ${name}(${args})`), name).toThrow(
          /is no function that a query may use|wrong number of arguments|no such function|unable to use function/,
        );
      }
    }
  });

  it.each([...FUNCTIONS].filter((name) => !name.startsWith("-")))("%s", (name) => {
    const keyword = /^current_|^likely$|^unlikely$/.test(name);
    for (const args of ["", "1", "1, 0.5", "1, 2, 3"]) {
      try {
        rows(keyword ? `SELECT ${name}` : `SELECT ${name}(${args}) FROM points`);
      } catch (error) {
        expect(String(error)).not.toMatch(/no such function|may use/);
      }
    }
  });

  it("no virtual table but those that take JSON apart", () => {
    const modules = offered("module_list");
    const made = ["dbstat", "fts5vocab", "fsdir", "sqlite_dbpage", "sqlite_stmt", "bytecode"];
    for (const name of new Set([...modules, ...made])) {
      if (TABLE_FUNCTIONS.has(name)) continue;
      for (const sql of [
        `SELECT * FROM ${name}`,
        `SELECT count(*) FROM ${name}`,
        `SELECT count(*) FROM ${name.toUpperCase()}`,
        `SELECT 1 FROM ${name}('x')`,
        `SELECT x FROM point WHERE EXISTS (SELECT 1 FROM ${name})`,
      ]) {
        expect(() => rows(sql), sql).toThrow("SQL: ");
      }
    }
  });

  it("no pragma, as a statement or as a table", () => {
    const pragmas = offered("pragma_list");
    expect(pragmas).toContain("writable_schema");
    for (const name of pragmas) {
      const before = readFileSync(file);
      for (const sql of [`PRAGMA ${name}`, `PRAGMA ${name} = 1`, `EXPLAIN PRAGMA ${name}`]) {
        expect(() => rows(sql), sql).toThrow("must only read");
      }
      for (const sql of [
        `SELECT * FROM pragma_${name}`,
        `SELECT count(*) FROM pragma_${name}`,
        `SELECT count(*) FROM pragma_${name}('point')`,
        `SELECT count(*) FROM points, pragma_${name}`,
      ]) {
        expect(() => rows(sql), sql).toThrow("SQL: ");
      }
      expect(readFileSync(file), name).toEqual(before);
    }
  });

  it("nothing that a shell's extensions would bring", () => {
    const other = join(folder, "written");
    for (const call of [
      `writefile('${other}', x'')`,
      `readfile('${file}')`,
      "sha3_query('PRAGMA query_only = 0')",
      "edit('x')",
      "load_extension('x')",
      "fts3_tokenizer('x')",
    ]) {
      expect(() => rows(`SELECT ${call}`), call).toThrow(/no such function|may use/);
    }
    expect(readdirSync(folder)).not.toContain("written");
  });

  it("nothing more through a view or a table of the file", () => {
    queries.close();
    const db = new DatabaseSync(file);
    db.exec("CREATE VIEW loading AS SELECT load_extension('x') AS y FROM point");
    db.exec("CREATE VIEW listing AS SELECT count(*) AS n FROM dbstat");
    db.exec("CREATE VIEW lifting AS SELECT * FROM pragma_query_only");
    db.close();
    queries = openQueries(file, { sql: "CREATE TEMP VIEW points AS SELECT x FROM point" });
    for (const view of ["loading", "listing", "lifting"]) {
      expect(() => rows(`SELECT * FROM ${view}`), view).toThrow(
        /may use|unsafe use|must only read/,
      );
    }
  });
});

it("passes on what SQLite says", () => {
  expect(() => rows("SELECT z FROM points")).toThrow("SQL: no such column: z");
  expect(() => rows("SELECT FROM")).toThrow('SQL: near "FROM": syntax error');
  expect(() => rows("SELECT abs(-9223372036854775808)")).toThrow("SQL: integer overflow");
});

describe("of more than JavaScript's texts can hold, escaped, there is a message", () => {
  const MIB = 2 ** 20;

  it.each([
    [`SELECT zeroblob(${33 * MIB})`, "value"],
    [`SELECT hex(zeroblob(${17 * MIB}))`, "value"],
    [`SELECT zeroblob(${20 * MIB}), printf('%.*c', ${20 * MIB}, 'x')`, "row"],
  ])("%s", (sql, what) => {
    expect(() => rows(sql)).toThrow(
      `SQL: a ${what} must have at most 32 MiB, got more; select less`,
    );
  });

  it("and none up to it", () => {
    const [[blob]] = rows(`SELECT zeroblob(${32 * MIB - 100})`);
    expect(blob).toHaveLength(32 * MIB - 100);
  });
});

it.each([
  ["DROP TABLE point", "no such table: main.point"],
  ["ALTER TABLE point DROP COLUMN y", "no such column: y"],
])(
  "tells of the file, not of the statement, where that lacks what the views select: %s",
  (sql, how) => {
    queries.close();
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    const open = () =>
      openQueries(file, { sql: "CREATE TEMP VIEW points AS SELECT x, y FROM main.point" });
    expect(open).toThrow(`${file}: is damaged (${how}); it was left as it is`);
    queries = openQueries(file, { sql: "" });
  },
);

it("refuses a file that is no database, and leaves it alone", () => {
  const text = join(import.meta.dirname, "query.test.ts");
  const before = readFileSync(text);
  expect(() => openQueries(text, { sql: "SELECT * FROM point" })).toThrow(
    "is damaged (file is not a database)",
  );
  expect(readFileSync(text)).toEqual(before);
});
