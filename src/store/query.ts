/** SQL over a store, for reading alone. */
import type Database from "libsql";
import { UserError } from "../errors.js";
import { openReadOnly } from "./database.js";

export type SqlValue = string | number | null | Uint8Array;

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
 * Opens a store for queries. `query_only` keeps every statement from writing to it: libsql takes an
 * option `readonly` and does nothing with it, and a file opened with SQLite's own `mode=ro` leaves
 * two files of the write-ahead log behind.
 *
 * @param views SQL that makes temporary views
 * @throws UserError where the file is damaged, of a newer version, or no store
 */
export function openQueries(file: string, views: string): Queries {
  const db = openReadOnly(file);
  db.exec(`${views}; PRAGMA query_only = 1`);
  return { select: (sql) => select(db, sql), close: () => db.close() };
}

function select(db: Database.Database, sql: string): Selection {
  const bare = sql.replace(NO_CODE, " ");
  if (/;\s*[^\s;]/.test(bare)) {
    throw new UserError("SQL: must be one statement, got several; give one at a time");
  }
  const statement = READS.test(bare) ? orUserError(() => db.prepare(sql)) : undefined;
  if (!statement?.reader) {
    throw new UserError(
      `SQL: must only read, got ${JSON.stringify(sql)}; give a SELECT over trials or cells`,
    );
  }
  const columns = statement.columns().map(({ name }) => name);
  const rows = orUserError(() => statement.raw().iterate()) as Iterator<SqlValue[]>;
  const next = () => orUserError(() => rows.next());
  return { columns, rows: rowsFrom(next(), next) };
}

/** Strings, quoted names and comments: in them a semicolon ends no statement. */
const NO_CODE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Neither PRAGMA, which could lift `query_only`, nor ATTACH and VACUUM INTO, which write to other files. */
const READS = /^\s*(?:select|with|values|explain)\b/i;

/** @param first already read, so that most of what can go wrong does so before anything is printed */
function* rowsFrom(
  first: IteratorResult<SqlValue[]>,
  next: () => IteratorResult<SqlValue[]>,
): Generator<SqlValue[]> {
  for (let row = first; !row.done; row = next()) yield row.value;
}

/** SQLite's message is about the statement that the user gave. */
function orUserError<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new UserError(`SQL: ${(error as Error).message}`);
  }
}
