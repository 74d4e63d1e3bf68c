/** Holds a results folder for one writer at a time. */
import { hostname } from "node:os";
import { resolve } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { UserError } from "../errors.js";
import { isBusy, onStore } from "./sqlite-errors.js";

export interface WriterLock {
  release(): void;
}

/**
 * The lock is an open transaction of an SQLite file of its own: the operating system ends it with
 * its process, however that dies, so a lock left behind holds nobody up. The file names the holder, and
 * stays when it is released: another process may have opened it just then, and would hold a file that
 * nobody else can find, beside a third one that makes a new file and holds that.
 *
 * @param folder a results folder that exists
 * @param path of the lock's file
 * @throws UserError where another process holds the folder
 */
export function lockForWriting(folder: string, path: string): WriterLock {
  const file = resolve(path);
  let db: DatabaseSyncInstance | undefined;
  try {
    return onStore(file, () => {
      db = new DatabaseSync(file);
      return hold(db, folder);
    });
  } catch (error) {
    db?.close();
    throw error;
  }
}

function hold(db: DatabaseSyncInstance, folder: string): WriterLock {
  try {
    db.exec("PRAGMA synchronous = OFF");
    db.exec("BEGIN IMMEDIATE");
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new UserError(
      `${folder}: is being written by ${describeHolder(db)}; wait for it or end it, or take another folder`,
    );
  }
  db.exec("CREATE TABLE IF NOT EXISTS writer (pid INTEGER, host TEXT, since TEXT)");
  db.exec("DELETE FROM writer");
  db.prepare("INSERT INTO writer (pid, host, since) VALUES (?, ?, ?)").run(
    process.pid,
    hostname(),
    new Date().toISOString(),
  );
  db.exec("COMMIT"); // so that others can read it …
  db.exec("BEGIN IMMEDIATE"); // … and none can write it
  return {
    release() {
      db.exec("ROLLBACK"); // closing alone may wait for statements to be collected
      db.close();
    },
  };
}

function describeHolder(db: DatabaseSyncInstance): string {
  try {
    const { pid, host, since } = db.prepare("SELECT pid, host, since FROM writer").get();
    return `process ${pid} on ${host} since ${since}`;
  } catch {
    return "another process that just began"; // and has not yet named itself
  }
}
