/** Where a results folder's numbers come from: `manifest.json`. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus, hostname } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** One run that trained something. */
export interface RunRecord {
  readonly versions: { readonly lrn: string; readonly node: string };
  readonly engine: {
    readonly name: string;
    readonly numerics: string;
    readonly backend?: {
      readonly name: string;
      readonly versions: Readonly<Record<string, string>>;
    };
  };
  /** Of the source that `lrn` ran from, where that is a git checkout; ends in `-dirty` where it was changed. */
  readonly commit: string | null;
  readonly host: {
    readonly name: string;
    readonly platform: string;
    readonly processor: string;
    readonly cores: number;
  };
  readonly workers: number;
  /** ISO 8601, UTC; `end` is null while the run goes on and stays so where it was cut off. */
  readonly start: string;
  readonly end: string | null;
}

/** The latest run that trained something, those before it, and what the folder holds. */
export interface Manifest extends RunRecord {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly earlierRuns: readonly RunRecord[];
  /** Hashes of what the CSV files and tables were last written from, and of how they were then. */
  readonly written?: { readonly content: string; readonly files: string };
}

interface Beginning extends Pick<Manifest, "name" | "engine" | "workers"> {
  /** The package's version. */
  readonly lrn: string;
}

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/** @returns undefined where there is none, or none that can be read */
export async function readManifest(file: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

export async function beginManifest(
  before: Manifest | undefined,
  { name, lrn, engine, workers }: Beginning,
): Promise<Manifest> {
  return {
    name,
    ...(await provenance(lrn)),
    engine,
    workers,
    start: new Date().toISOString(),
    end: null,
    counts: {},
    earlierRuns: before ? [...(before.earlierRuns ?? []), recordOf(before)] : [],
  };
}

/**
 * What runs, from which source and on which machine.
 *
 * @param lrn the package's version
 */
export async function provenance(
  lrn: string,
): Promise<Pick<RunRecord, "versions" | "commit" | "host">> {
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

/** With what the folder holds now. A run that had ended before keeps its end. */
export function endManifest(
  manifest: Manifest,
  { counts, written }: Pick<Manifest, "counts" | "written">,
): Manifest {
  return {
    ...manifest,
    end: manifest.end ?? new Date().toISOString(),
    counts,
    ...(written && { written }),
  };
}

function recordOf({ versions, engine, commit, host, workers, start, end }: Manifest): RunRecord {
  return { versions, engine, commit, host, workers, start, end };
}

/**
 * The commit of lrn's source, ending in `-dirty` where it was changed since. Null where the package
 * is no checkout of its own: a commit of the project around it would mislead.
 */
export async function sourceCommit(): Promise<string | null> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)("git", args, { cwd: PACKAGE })).stdout.trim();
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
