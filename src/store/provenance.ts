/** What runs, from which source and on which machine. */
import { execFile } from "node:child_process";
import { cpus, hostname } from "node:os";
import { promisify } from "node:util";
import { inPackage } from "../files/package.js";

export interface Provenance {
  readonly versions: { readonly lrn: string; readonly node: string };
  /** Of the source that `lrn` ran from, where that is a git checkout; ends in `-dirty` where it was changed. */
  readonly commit: string | null;
  readonly host: {
    readonly name: string;
    readonly platform: string;
    readonly processor: string;
    readonly cores: number;
  };
}

/**
 * Of this process.
 *
 * @param lrn the package's version
 */
export async function provenance(lrn: string): Promise<Provenance> {
  const processors = cpus();
  return {
    versions: { lrn, node: process.versions.node },
    commit: await sourceCommit(),
    host: {
      name: hostname(),
      platform: `${process.platform} ${process.arch}`,
      processor: processors[0]?.model.trim() ?? "unknown",
      cores: processors.length,
    },
  };
}

let askedCommit: Promise<string | null> | undefined;

/**
 * The commit of lrn's source, ending in `-dirty` where it was changed since. Null where the package
 * is no checkout of its own: a commit of the project around it would mislead. It is asked for once: what
 * is loaded stays, whatever becomes of the checkout meanwhile.
 */
export function sourceCommit(): Promise<string | null> {
  askedCommit ??= askForCommit();
  return askedCommit;
}

async function askForCommit(): Promise<string | null> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)("git", args, { cwd: inPackage() })).stdout.trim();
  try {
    const [prefix, commit] = await Promise.all([
      git("rev-parse", "--show-prefix"),
      git("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"),
    ]);
    return prefix === "" ? commit : null;
  } catch {
    return null;
  }
}
