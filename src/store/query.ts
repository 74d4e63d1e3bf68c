/** SQL over a store, for reading alone. */
import type { StatementSyncInstance } from "@photostructure/sqlite";
import { UserError } from "../errors.js";
import { type Asked, makeAsked } from "./asked.js";
import { laterColumns } from "./axis-columns.js";
import { type Database, openReadOnly } from "./database.js";
import { type QueryRules, queryRules, type Refusal } from "./query-rules.js";
import { isAboutFile, onStore, storeError } from "./sqlite-errors.js";
import { NUMBERS } from "./tables.js";
import type { Views } from "./views.js";

/** A whole number that JavaScript cannot hold exactly comes as its digits. */
export type SqlValue = string | number | boolean | null | Uint8Array;

export interface Selection {
  readonly columns: readonly string[];
  /** Read from the store as they are asked for. */
  readonly rows: Iterable<readonly SqlValue[]>;
}

export interface Queries {
  /** @throws UserError, also while the rows are read, with what SQLite says against the statement */
  select(sql: string): Selection;
  close(): void;
}

/**
 * Opens a store for queries. Three things keep a statement from doing more than reading it:
 * `query-rules.ts` has SQLite refuse every statement, function and table that is not named there,
 * `query_only` refuses what writes, and no extension is loaded.
 *
 * @param asked what the folder's sweep asks for, for views of it
 * @throws UserError where the file is damaged, of a newer version, or no store
 */
export function openQueries(
  file: string,
  { sql: views, functions = {} }: Views,
  asked: Asked = { cells: [] },
): Queries {
  const db = openReadOnly(file);
  try {
    const rules = onStore(file, () => {
      db.exec(wholeTables(db));
      makeAsked(db, asked);
      for (const [name, compute] of Object.entries(functions)) {
        db.function(name, { deterministic: true }, compute as never);
      }
      db.exec(`${views}; PRAGMA query_only = 1`);
      compileViews(db);
      const names = db.prepare(
        "SELECT name FROM main.sqlite_schema UNION SELECT name FROM sqlite_temp_schema",
      );
      const tables = names.all().map(({ name }) => name);
      return queryRules(tables, Object.keys(functions));
    });
    db.setAuthorizer(rules.authorize);
    db.limits.length = LONGEST;
    return { select: (sql) => select({ db, file, rules }, sql), close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Signs or bytes: JavaScript has no text that is longer than 2^29, and to escape a sign makes up to six of it. */
const LONGEST = 2 ** 25;

/**
 * Views in front of the tables of an earlier version: its cells have the defaults of later axes, its
 * trials nothing in later columns.
 */
function wholeTables(db: Database): string {
  const columnsOf = (table: string): ReadonlySet<string> => {
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
    return new Set(columns.map(({ name }) => name));
  };
  const ofTrial = columnsOf("trial");
  const inFront = (table: string, lacking: readonly string[]) =>
    lacking.length === 0
      ? ""
      : `CREATE TEMP VIEW ${table} AS SELECT *, ${lacking.join(", ")} FROM main.${table}; `;
  return (
    inFront("cell", laterColumns(columnsOf("cell"))) +
    inFront(
      "trial",
      NUMBERS.filter((name) => !ofTrial.has(name)).map((name) => `NULL AS ${name}`),
    )
  );
}

/** SQLite makes a view without asking whether the file has what it selects. */
function compileViews(db: Database): void {
  const views = db.prepare("SELECT name FROM sqlite_temp_schema WHERE type = 'view'").all();
  for (const { name } of views) db.prepare(`SELECT * FROM "${name}"`);
}

interface Opened {
  readonly db: Database;
  readonly file: string;
  readonly rules: QueryRules;
}

function select(opened: Opened, sql: string): Selection {
  const bare = sql.replace(NO_CODE, " ");
  if (/;\s*[^\s;]/.test(bare)) {
    throw new UserError("SQL: must be one statement, got several; give one at a time");
  }
  if (!READS.test(bare) || sql.includes("\0")) throw mustRead(sql);
  const statement = prepared(opened, sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  const columns = statement.columns().map(({ name }) => name);
  const types = statement.columns().map(({ type }) => type);
  const rows: Iterator<unknown[]> = asking(opened, sql, () => statement.iterate());
  const next = () => asking(opened, sql, () => rows.next());
  return { columns, rows: rowsFrom(next(), next, types) };
}

/** Strings, quoted names and comments: in them a semicolon ends no statement. */
const NO_CODE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** What begins otherwise gets a message of ours instead of SQLite's; the rules refuse it too. */
const READS = /^\s*(?:select|with|values|explain)\b/i;

function prepared(opened: Opened, sql: string): StatementSyncInstance {
  const statement = asking(opened, sql, () => opened.db.prepare(sql));
  for (const name of [...opened.rules.unknownTables]) {
    if (isMadeUp(opened, name)) throw refused({ what: "table", name }, sql);
  }
  return statement;
}

/** Whether SQLite has a table of that name although the file has none. */
function isMadeUp({ db, rules }: Opened, name: string): boolean {
  db.setAuthorizer(null);
  try {
    db.prepare(`SELECT 1 FROM "${name.replaceAll('"', '""')}"`);
    return true;
  } catch {
    return false;
  } finally {
    db.setAuthorizer(rules.authorize);
  }
}

/** @param first already read, so that most of what can go wrong does so before anything is printed */
function* rowsFrom(
  first: IteratorResult<unknown[]>,
  next: () => IteratorResult<unknown[]>,
  types: readonly (string | null)[],
): Generator<SqlValue[]> {
  for (let row = first; !row.done; row = next()) {
    refuseTooLong(row.value);
    yield row.value.map((value, column) => plainValue(value, types[column]));
  }
}

/** SQLite's own limit is on each value. */
function refuseTooLong(row: readonly unknown[]): void {
  let length = 0;
  for (const value of row) {
    if (typeof value === "string" || value instanceof Uint8Array) length += value.length;
  }
  if (length > LONGEST) throw tooLong("row");
}

function tooLong(what: "value" | "row"): UserError {
  return new UserError(
    `SQL: a ${what} must have at most ${LONGEST / 2 ** 20} MiB, got more; select less at a time`,
  );
}

/** @param type as the table has it that a column is of */
function plainValue(value: unknown, type: string | null): SqlValue {
  if (typeof value !== "bigint") return value as SqlValue;
  if (type === "BOOLEAN") return value !== 0n;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** What SQLite says is about the statement that the user gave, unless it is about the file. */
function asking<Result>({ file, rules }: Opened, sql: string, action: () => Result): Result {
  rules.begin();
  try {
    return action();
  } catch (error) {
    if (rules.refusal) throw refused(rules.refusal, sql);
    if (isAboutFile(error)) throw storeError(file, error);
    const { message } = error as Error;
    throw message === "string or blob too big"
      ? tooLong("value")
      : new UserError(`SQL: ${message}`);
  }
}

function refused(refusal: Refusal, sql: string): UserError {
  if (refusal.what === "statement") return mustRead(sql);
  return new UserError(
    `SQL: ${refusal.name}: is no ${refusal.what} that a query may use, because it could reach beyond ` +
      "the results; leave it out",
  );
}

function mustRead(sql: string): UserError {
  return new UserError(
    `SQL: must only read, got ${JSON.stringify(sql)}; give a SELECT over trials or cells`,
  );
}
