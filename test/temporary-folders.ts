/** A place for all temporary folders of the tests, which is removed with what they leave there. */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Linux's disk in memory: stores are flushed to the disk often, and tests would wait for a real one. */
const IN_MEMORY = "/dev/shm";

/** Some times what the tests leave. */
const ENOUGH_BYTES = 2 ** 31;

function hasRoom(folder: string): boolean {
  if (process.env.LRN_FAULTS) return false; // what goes wrong with disks is to go wrong with a real one
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false; // other systems have no such folder
  }
}

/** vitest calls it before it starts the processes of the tests, which inherit the variable. @returns what it calls at the end */
export default function placeTemporaryFolders(): () => void {
  const folder = mkdtempSync(join(hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir(), "lrn-"));
  chmodSync(folder, 0o755); // some tests are other users
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
