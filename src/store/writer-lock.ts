/** Holds a results folder for one writer at a time. */
import { hostname } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { UserError } from "../errors.js";

export interface WriterLock {
  release(): void;
}

/**
 * The lock is an open transaction of an SQLite file of its own: the operating system ends it with
 * its process, however that dies, so a lock left behind holds nobody up. The file names the holder.
 *
 * @param folder a results folder that exists
 * @throws UserError where another process holds the folder
 */
export function lockForWriting(folder: string): WriterLock {
  const db = new Database(join(folder, ".writer"));
  try {
    db.pragma("synchronous = OFF");
    begin(db);
    db.exec("CREATE TABLE IF NOT EXISTS writer (pid INTEGER, host TEXT, since TEXT)");
    db.exec("DELETE FROM writer");
    db.prepare("INSERT INTO writer VALUES (?, ?, ?)").run(
      process.pid,
      hostname(),
      new Date().toISOString(),
    );
    db.exec("COMMIT"); // so that others can read it …
    begin(db); // … and none can write it
    return { release: () => db.close() };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB") {
      throw new UserError(`${join(folder, ".writer")}: is damaged (${message}); remove it`);
    }
    if (code !== "SQLITE_BUSY") throw error;
    const holder = describeHolder(db);
    db.close();
    throw new UserError(
      `${folder}: is being written by ${holder}; wait for it or end it, or give another --out`,
    );
  }
}

function begin(db: Database.Database): void {
  db.exec("BEGIN IMMEDIATE");
}

function describeHolder(db: Database.Database): string {
  try {
    const [row] = db.prepare("SELECT pid, host, since FROM writer").all() as [
      { pid: number; host: string; since: string },
    ];
    return `process ${row.pid} on ${row.host} since ${row.since}`;
  } catch {
    return "another process that just began"; // and has not yet named itself
  }
}
