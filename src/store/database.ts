/** Opens a store's file, and touches it only once it has proved to be a sound store of a known version. */
import { existsSync, statSync } from "node:fs";
import Database from "libsql";
import { UserError } from "../errors.js";
import { MIGRATIONS } from "./tables.js";

/** "lrn1", in the header of every store: tells ours from any other SQLite file. */
const APPLICATION_ID = 0x6c726e31;

/**
 * For those that only ask: it neither makes nor migrates anything. (libsql takes an option `readonly`
 * and does nothing with it.)
 *
 * @throws UserError where the file is damaged, of a newer version, or no store
 */
export function openReadOnly(file: string): Database.Database {
  const db = examined(file, () => new Database(file));
  const [{ schema_version: version }] = db.pragma("schema_version") as [{ schema_version: number }];
  if (version > 0) return db;
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
 */
export function openReadWrite(file: string): Database.Database {
  const db = examined(file, () => new Database(file));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  migrate(db);
  return db;
}

/** Runs `write` in one transaction: all of it is kept, or none. */
export function transaction(db: Database.Database, write: () => void): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    write();
    db.exec("COMMIT");
  } catch (error) {
    // A full disk has rolled it back already; to do it twice would hide the first error.
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function examined(file: string, open: () => Database.Database): Database.Database {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  let db: Database.Database | undefined;
  try {
    db = open();
    if (!isNew) examine(db, file);
    return db;
  } catch (error) {
    db?.close();
    const { code, message } = error as Error & { code?: string };
    if (code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB") throw damaged(file, message);
    throw error;
  }
}

function examine(db: Database.Database, file: string): void {
  const number = (pragma: string) => Object.values(firstRow(db, pragma))[0] as number;
  const version = number("user_version");
  if (number("application_id") !== APPLICATION_ID) {
    if (number("schema_version") === 0) return; // killed before its tables were there
    throw new UserError(`${file}: must be a store of lrn, it is another program's; move it away`);
  }
  if (version > MIGRATIONS.length) {
    throw new UserError(
      `${file}: is of store version ${version}, this lrn knows up to ${MIGRATIONS.length}; ` +
        "use a newer lrn; the file was left as it is",
    );
  }
  const verdict = String(Object.values(firstRow(db, "quick_check(1)"))[0]);
  if (verdict !== "ok") throw damaged(file, verdict);
}

function damaged(file: string, how: string): UserError {
  return new UserError(
    `${file}: is damaged (${how}); it was left as it is: restore a copy of it, or move it away and ` +
      "run the sweep again",
  );
}

function firstRow(db: Database.Database, pragma: string): object {
  return (db.pragma(pragma) as object[])[0];
}

function migrate(db: Database.Database): void {
  const [{ user_version: version }] = db.pragma("user_version") as [{ user_version: number }];
  if (version === MIGRATIONS.length) return;
  transaction(db, () => {
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  });
}
