/** Opens a store's file, and touches it only once it has proved to be a sound store of a known version. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { agreeing } from "../counted.js";
import { UserError } from "../errors.js";
import { damaged, LOCK_WAIT_MS, onStore } from "./sqlite-errors.js";
import { MIGRATIONS } from "./tables.js";

export type Database = DatabaseSyncInstance;

/** "lrn1", in the header of every store: tells ours from any other SQLite file. */
const APPLICATION_ID = 0x6c726e31;

/**
 * For those that only ask: it neither makes nor migrates anything.
 *
 * @throws UserError where the file is damaged, of a newer version, no store, or cannot be read
 * @throws StoppedError where another program holds it for too long
 */
export function openReadOnly(file: string): Database {
  const db = examined(file, () => (canWrite(file) ? openFile(file) : openWithoutWriting(file)));
  if (pragma(db, "schema_version") !== 0) return db;
  db.close();
  throw new UserError(`${file}: must be a store of lrn, it is empty; run lrn sweep first`);
}

/**
 * Makes the store where there is none, and takes an older one to today's version.
 *
 * Written ahead to a log that is flushed at checkpoints: a crash of the process loses no
 * transaction, one of the machine at most the latest, and neither harms the file.
 *
 * @throws UserError where the file is damaged, of a newer version, or no store; it is then left as it is
 * @throws StoppedError where another program holds it for too long, or the disk is full
 */
export function openReadWrite(file: string): Database {
  const db = examined(file, () => openFile(file));
  return onStore(file, () => {
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    migrate(db);
    return db;
  });
}

/**
 * Closes what `openReadWrite` opened. The package keeps a connection with statements half open until
 * they are collected or the process ends, so the log is written back to the file here; where somebody
 * reads, the last to close does it.
 */
export function closeReadWrite(db: Database): void {
  try {
    db.exec("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {} // what is committed is kept, in the log
  db.close();
}

/** Runs `write` in one transaction, or as a part of the one at work: all of it is kept, or none. */
export function transaction(db: Database, write: () => void): void {
  if (db.isTransaction) {
    write();
    return;
  }
  db.exec("BEGIN IMMEDIATE");
  try {
    write();
    db.exec("COMMIT");
  } catch (error) {
    // A full disk has rolled it back already; to do it twice would hide the first error.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** The path is made absolute because SQLite takes one that begins with `file:` for a URI. */
function openFile(file: string, readOnly = false): Database {
  return new DatabaseSync(resolve(file), { timeout: LOCK_WAIT_MS, readOnly });
}

/** Readers of a log that is written ahead take part in its locks, for which they too must write. */
function canWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    accessSync(dirname(resolve(file)), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * On a read-only disk or in another user's folder. Where a sweep is at work, or was killed, SQLite
 * reads the two files of its log; where there are none it would try to make them, unless it is told
 * that nobody changes the file.
 */
function openWithoutWriting(file: string): Database {
  if (existsSync(`${file}-shm`)) return openFile(file, true);
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new UserError(
      `${file}: has changes in trials.db-wal that cannot be read where nothing can be written; ` +
        "copy the folder to where you can write",
    );
  }
  const url = pathToFileURL(resolve(file));
  url.searchParams.set("immutable", "1");
  return new DatabaseSync(url, { readOnly: true });
}

function examined(file: string, open: () => Database): Database {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  let db: Database | undefined;
  try {
    return onStore(file, () => {
      db = open();
      if (!isNew) examine(db, file);
      return db;
    });
  } catch (error) {
    db?.close();
    throw error;
  }
}

function examine(db: Database, file: string): void {
  const version = pragma(db, "user_version") as number;
  if (pragma(db, "application_id") !== APPLICATION_ID) {
    if (pragma(db, "schema_version") === 0) return; // killed before its tables were there
    throw new UserError(`${file}: must be a store of lrn, it is another program's; move it away`);
  }
  if (version > MIGRATIONS.length) {
    throw new UserError(
      `${file}: is of store version ${version}, this lrn knows up to ${MIGRATIONS.length}; ` +
        "use a newer lrn; the file was left as it is",
    );
  }
  const verdict = pragma(db, "quick_check(1)");
  if (verdict !== "ok") throw damaged(file, String(verdict));
}

/**
 * What is wrong with a store's structure: its pages, its indexes, the rules of its tables, and whether its
 * tables are still those of its version.
 *
 * @returns a line each
 */
export function problemsOf(db: Database): string[] {
  const verdicts = db.prepare("PRAGMA integrity_check").all();
  const orphans = db.prepare("PRAGMA foreign_key_check").all().length;
  return [
    ...verdicts
      .map(({ integrity_check: verdict }) => verdict)
      .filter((verdict) => verdict !== "ok"),
    ...(orphans > 0
      ? [`${agreeing(orphans, ["trial is", "trials are"])} of a cell that is not there`]
      : []),
    ...(schemaOf(db) === schemaOfVersion(pragma(db, "user_version") as number)
      ? []
      : ["its tables are not as lrn makes them"]),
  ];
}

function schemaOf(db: Database): string {
  const rows = db
    .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")
    .all();
  return JSON.stringify(rows);
}

function schemaOfVersion(version: number): string {
  const db = new DatabaseSync(":memory:");
  for (const migration of MIGRATIONS.slice(0, version)) db.exec(migration);
  const schema = schemaOf(db);
  db.close();
  return schema;
}

/** The one value that a pragma gives. */
function pragma(db: Database, name: string): string | number {
  return Object.values(db.prepare(`PRAGMA ${name}`).get())[0] as string | number;
}

function migrate(db: Database): void {
  const version = pragma(db, "user_version") as number;
  if (version === MIGRATIONS.length) return;
  transaction(db, () => {
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.exec(
      `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`,
    );
  });
}
