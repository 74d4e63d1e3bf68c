/** Where a results folder's numbers come from: `manifest.json`. */
import * as z from "zod";
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith } from "../files/schema-errors.js";
import { type Provenance, provenance } from "./provenance.js";

/** One run that trained something. */
export interface RunRecord extends Provenance {
  readonly engine: {
    readonly name: string;
    readonly numerics: string;
    readonly backend?: {
      readonly name: string;
      readonly versions: Readonly<Record<string, string>>;
    };
  };
  readonly workers: number;
  /** The largest RMSE of a converged trial, in original units; before epochs to converge were counted it was not kept. */
  readonly threshold?: number;
  /** Which part of the sweep it trained, where it was not all of it. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** ISO 8601, UTC; `end` is null while the run goes on and stays so where it was cut off. */
  readonly start: string;
  readonly end: string | null;
}

/** The latest run that trained something, those before it, and what the folder holds. */
export interface Manifest extends RunRecord {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly earlierRuns: readonly RunRecord[];
  /** Of every data file that was trained on, by the SHA-256 of its dataset, its path from the folder. */
  readonly datasets?: Readonly<Record<string, string>>;
  /** Hashes of what the CSV files and tables were last written from, and of how they were then. */
  readonly written?: { readonly content: string; readonly files: string };
}

interface Beginning
  extends Pick<Manifest, "name" | "engine" | "workers" | "threshold" | "shard" | "datasets"> {
  /** The package's version. */
  readonly lrn: string;
}

const text = z.string({ error: "must be a text" });
const object = { error: "must be an object" };

const runSchema = z.looseObject(
  {
    versions: z.looseObject({ lrn: text, node: text }, object),
    engine: z.looseObject({ name: text, numerics: text }, object),
    commit: text.nullable(),
    host: z.looseObject({}, object),
    workers: z.number({ error: "must be a number" }),
    start: text,
    end: text.nullable(),
  },
  object,
);

/** What is read of a manifest, today's or an earlier one: those had no earlier runs. The rest is let be. */
const manifestSchema = runSchema.extend({
  name: text,
  counts: z.record(text, z.number({ error: "must be a number" }), object),
  earlierRuns: z.array(runSchema, { error: "must be a list of runs" }).optional(),
  datasets: z.record(text, text, object).optional(),
});

const REMEDY = "remove the file, the next sweep writes another";

/**
 * @returns undefined where there is none
 * @throws UserError where it cannot be read, or is no manifest
 */
export async function readManifest(file: string): Promise<Manifest | undefined> {
  const content = await readText(file, {
    what: "a folder whose manifest can be read",
    maxBytes: MAX_BYTES,
  });
  if (content === undefined) return undefined;
  const manifest = parseWith(manifestSchema, asJson(content, file), file, {
    what: "a manifest",
    remedy: REMEDY,
    ...MOST_RUNS,
  });
  return { earlierRuns: [], ...manifest } as unknown as Manifest;
}

/** A run has some 500 bytes in 15 values, five of them objects; a folder may have been gone on with very often. */
const MAX_BYTES = 16 * 2 ** 20;
const MOST_RUNS = { maxValues: 1_000_000, maxObjects: 250_000 };

function asJson(content: string, file: string): unknown {
  try {
    return parseJson(content, file);
  } catch (error) {
    throw new UserError(`${(error as Error).message}, or ${REMEDY}`);
  }
}

export async function beginManifest(
  before: Manifest | undefined,
  { name, lrn, engine, workers, threshold, shard, datasets: own }: Beginning,
): Promise<Manifest> {
  const datasets = { ...before?.datasets, ...own };
  return {
    name,
    ...(await provenance(lrn)),
    engine,
    workers,
    ...(threshold !== undefined && { threshold }),
    ...(shard && { shard }),
    start: new Date().toISOString(),
    end: null,
    counts: {},
    earlierRuns: before ? [...before.earlierRuns, recordOf(before)] : [],
    ...(Object.keys(datasets).length > 0 && { datasets }),
  };
}

/**
 * Of folders that are joined: the runs of all, each once, the latest first to be read.
 *
 * @param manifests of each folder that has one; what the first says of its files stays
 * @returns undefined where there are none
 */
export function joinManifests(manifests: readonly Manifest[]): Manifest | undefined {
  const runs = new Map<string, RunRecord>();
  for (const each of manifests.flatMap((manifest) => [...manifest.earlierRuns, manifest])) {
    const run = recordOf(each);
    const { end, ...begun } = run;
    const key = JSON.stringify(begun);
    // One that was seen while it went on may have ended since.
    if (end !== null || !runs.has(key)) runs.set(key, run);
  }
  const earlierRuns = [...runs.values()].sort((a, b) => compareText(a.start, b.start));
  const latest = earlierRuns.pop();
  if (!latest) return undefined;
  const [{ name, counts, written }] = manifests;
  return { name, ...latest, counts, earlierRuns, ...(written && { written }) };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
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

function recordOf(run: RunRecord): RunRecord {
  const { versions, engine, commit, host, workers, threshold, shard, start, end } = run;
  return {
    ...{ versions, engine, commit, host, workers },
    ...(threshold !== undefined && { threshold }),
    ...(shard && { shard }),
    ...{ start, end },
  };
}
