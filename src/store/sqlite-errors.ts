/** What SQLite says against a store's file, told as what the user can do about it. */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { getSystemErrorName } from "node:util";
import { DISK_FULL, StoppedError, UserError } from "../errors.js";

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const CODE = {
  error: 1,
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  noDatabase: 26,
} as const;

interface SqliteError extends Error {
  /** The extended code; its lowest byte is the primary one. */
  readonly errcode?: number;
  readonly systemErrno?: number;
  readonly code?: string;
}

/** SQLite's own texts for these codes: an error met while rows are read comes without its number. */
const CODE_OF_TEXT: Readonly<Record<string, number>> = {
  "access permission denied": CODE.permission,
  "database is locked": CODE.busy,
  "database table is locked": CODE.locked,
  "attempt to write a readonly database": CODE.readOnly,
  "disk I/O error": CODE.inputOutput,
  "database disk image is malformed": CODE.corrupt,
  "database or disk is full": CODE.full,
  "unable to open database file": CODE.cannotOpen,
  "file is not a database": CODE.noDatabase,
};

/** The primary result code; undefined where SQLite did not throw the error. */
function sqliteCode(error: unknown): number | undefined {
  const { errcode, message } = error as SqliteError;
  return errcode === undefined ? CODE_OF_TEXT[message] : errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === CODE.busy;
}

/** How long SQLite waits for a lock of another program, in milliseconds. */
export const LOCK_WAIT_MS = 10_000;

/**
 * Runs `action` on a file that SQLite has open.
 *
 * @throws UserError where the file is damaged or cannot be opened
 * @throws StoppedError where another program holds it, or the disk is full
 */
export function onStore<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw storeError(file, error);
  }
}

/** Whether SQLite says it of the file, its lock or its disk, and not of a statement. */
export function isAboutFile(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && code !== CODE.error && Object.values<number>(CODE).includes(code);
}

const ABOUT_FILE = /no such (table|column)|has no column|unsupported file format/;

/** Where all rows are read at once, its code is SQLite's own for any error. */
const TOO_LARGE = /^Value is too large to be represented as a JavaScript number/;

/** The same as an error of ours, where there is one for it. */
export function storeError(file: string, error: unknown): unknown {
  const { code, message, systemErrno } = error as SqliteError;
  // Of a whole number that JavaScript cannot hold, which nothing of ours writes.
  if (code === "ERR_OUT_OF_RANGE" || TOO_LARGE.test(message)) return damaged(file, message);
  switch (sqliteCode(error)) {
    case CODE.corrupt:
    case CODE.noDatabase:
      return damaged(file, message);
    case CODE.error:
      // Our own statements are right, so what they name is missing from the file.
      return ABOUT_FILE.test(message) ? damaged(file, message) : error;
    case CODE.busy:
    case CODE.locked:
      return new StoppedError(
        `${file}: is locked by ${holdersOf(file)}, ${LOCK_WAIT_MS / 1000} s long; what is finished ` +
          "is kept: end that program, or wait for it, and run the same command again",
      );
    case CODE.full:
      return new StoppedError(DISK_FULL);
    case CODE.permission:
    case CODE.readOnly:
    case CODE.cannotOpen:
      return new UserError(
        `${file}: cannot be opened (${systemErrno ? getSystemErrorName(-systemErrno) : message}); ` +
          "give it and its folder the permissions that are missing, or take a copy of the folder",
      );
    case CODE.inputOutput:
      return new StoppedError(
        `${file}: cannot be read or written (${message}); what is finished is kept: look after the ` +
          "disk and run the same command again",
      );
    default:
      return error;
  }
}

export function damaged(file: string, how: string): UserError {
  const inOneLine = how.replace(/\s*\n\s*/g, " ");
  return new UserError(
    `${file}: is damaged (${inOneLine}); it was left as it is: restore a copy of it, or move it away and ` +
      "run the sweep again",
  );
}

/** Processes that have the file open, where the system tells (Linux): one of them holds the lock. */
function holdersOf(file: string): string {
  const holders = processesWith(file).map((pid) => {
    const name = readFileSync(`/proc/${pid}/comm`, "utf8").trimEnd();
    return `process ${pid} (${name})`;
  });
  return holders.length > 0 ? holders.join(" or ") : "another program";
}

function processesWith(file: string): string[] {
  const orNothing = <Value>(look: () => Value[]): Value[] => {
    try {
      return look();
    } catch {
      return []; // no /proc, a process that has ended, or another user's
    }
  };
  return orNothing(() => {
    const wanted = realpathSync(file);
    return readdirSync("/proc").filter(
      (pid) =>
        /^\d+$/.test(pid) &&
        Number(pid) !== process.pid &&
        orNothing(() => readdirSync(`/proc/${pid}/fd`)).some((fd) =>
          orNothing(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]).includes(wanted),
        ),
    );
  });
}
