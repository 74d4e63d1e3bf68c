/** Where a results folder's numbers come from: `manifest.json`. */
import { execFile } from "node:child_process";
import { cpus, hostname } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface Manifest {
  readonly name: string;
  readonly versions: { readonly lrn: string; readonly node: string };
  readonly engine: { readonly name: string; readonly numerics: string };
  /** Of the source that `lrn` ran from, where that is a git checkout. */
  readonly commit: string | null;
  readonly host: {
    readonly name: string;
    readonly platform: string;
    readonly processor: string;
    readonly cores: number;
  };
  readonly workers: number;
  /** ISO 8601, UTC; `end` is null while the sweep runs and stays so where it was cut off. */
  readonly start: string;
  readonly end: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What of a manifest does not depend on the sweep.
 *
 * @param lrn the package's version
 */
export async function provenance(
  lrn: string,
): Promise<Pick<Manifest, "versions" | "commit" | "host">> {
  const commit = await sourceCommit();
  const processors = cpus();
  return {
    versions: { lrn, node: process.versions.node },
    commit,
    host: {
      name: hostname(),
      platform: `${process.platform} ${process.arch}`,
      processor: processors[0]?.model.trim() ?? "unknown",
      cores: processors.length,
    },
  };
}

/** Null where the package is no checkout of its own: a commit of the project around it would mislead. */
async function sourceCommit(): Promise<string | null> {
  const git = promisify(execFile);
  try {
    const { stdout } = await git("git", ["rev-parse", "--show-prefix", "HEAD"], { cwd: PACKAGE });
    const [prefix, commit] = stdout.split("\n");
    return prefix === "" ? commit : null;
  } catch {
    return null;
  }
}
