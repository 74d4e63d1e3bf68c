/** The files of a results folder: every name that lrn gives one stands here. */
import { join } from "node:path";
import { UNFINISHED } from "../files/write.js";

/** What the end of a sweep writes beside its tables. */
const WRITTEN = {
  trials: "trials.csv",
  cells: "cells.csv",
  sweep: "sweep.json",
  manifest: "manifest.json",
} as const;

const STORE = "trials.db";
const LOCK = ".writer";

/** The folder below it that has nothing but tables. */
export const TABLES = "tables";

/** The store and what SQLite keeps beside it. */
const STORE_FILES = ["", "-wal", "-shm", "-journal"].map((ending) => `${STORE}${ending}`);

/** All that a results folder has of its own, except its tables. */
export const OWN_FILES: readonly string[] = [
  ...STORE_FILES,
  LOCK,
  `${LOCK}-journal`,
  ...Object.values(WRITTEN),
];

/** Not one of the folder's own files: it may be replaced, also by another program. */
const REPORT = "report.html";

export interface FolderFiles extends Readonly<Record<keyof typeof WRITTEN, string>> {
  /** A row per trial, in SQLite. */
  readonly store: string;
  /** Says who writes the folder. */
  readonly lock: string;
  readonly tables: string;
  /** The page that `lrn report` writes unless told where. */
  readonly report: string;
}

/** The paths of a results folder's files; of tables, the folder's. */
export function filesOf(folder: string): FolderFiles {
  return {
    store: join(folder, STORE),
    lock: join(folder, LOCK),
    trials: join(folder, WRITTEN.trials),
    cells: join(folder, WRITTEN.cells),
    sweep: join(folder, WRITTEN.sweep),
    manifest: join(folder, WRITTEN.manifest),
    tables: join(folder, TABLES),
    report: join(folder, REPORT),
  };
}

/** The paths that a sweep writes at its end, its tables left out. */
export function writtenFilesOf(folder: string): string[] {
  return Object.values(WRITTEN).map((name) => join(folder, name));
}

/** The paths of the store and what SQLite keeps beside it. */
export function storeFilesOf(folder: string): string[] {
  return STORE_FILES.map((name) => join(folder, name));
}

/**
 * Where a table is below the folder of tables: `width-2/adam-lr-0.1.csv`.
 *
 * @param slugs what tells it from others: `width-2`, `adam`, `lr-0.1`
 */
export function tablePath([folder, ...slugs]: readonly string[]): string {
  return join(folder, `${slugs.join("-")}.csv`);
}

/** Whether a name is that of a file which a killed run had not finished. */
export function isUnfinished(name: string): boolean {
  return (
    name.endsWith(UNFINISHED) &&
    [...Object.values(WRITTEN), TABLES].some((written) => name.startsWith(`${written}.`))
  );
}
