/** Joins results folders of one sweep in one, as `lrn merge` does. */
import { existsSync } from "node:fs";
import { realpath, rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { listed } from "../counted.js";
import { loadEngine } from "../engines/load.js";
import { UserError } from "../errors.js";
import { sameValue } from "../model/cells.js";
import { joinManifests, type Manifest, readManifest } from "../store/manifest.js";
import { openStore } from "../store/store.js";
import { lockForWriting } from "../store/writer-lock.js";
import { mapFileDatasets } from "../sweep/file-datasets.js";
import { type Plan, planSweep } from "../sweep/plan.js";
import type { Sweep } from "../sweep/schema.js";
import { filesOf } from "./folder-files.js";
import { type MergedTrials, mergeStores } from "./merge-stores.js";
import { otherThresholdNote } from "./other-threshold.js";
import { prepareFolder } from "./prepare-folder.js";
import { findResults } from "./read-folder.js";
import { noteOnReplaced } from "./replaced-sweep.js";
import type { SweepChoices, SweepResult } from "./run-sweep.js";
import type { RunControls } from "./trainer.js";
import {
  pathFrom,
  refuseUnwritableResults,
  removeUnfinished,
  writeJson,
  writeSweep,
} from "./write-files.js";

export interface MergeOptions
  extends Pick<SweepChoices, "allTables">,
    Pick<RunControls, "onNote"> {}

export interface MergeResult
  extends MergedTrials,
    Pick<SweepResult, "counts" | "tables" | "tablesWritten" | "failures"> {
  /** How many folders were read. */
  readonly folders: number;
  /** Of the whole sweep. */
  readonly plan: Plan;
}

/**
 * Afterwards `out` has the trials of all folders, and the files of one in which the whole sweep was run. The folders are
 * only read. Trials are added all together or not at all; whatever ends it, `out` stays usable and the same call finishes.
 *
 * @param out a results folder, made where there is none; what it has stays
 * @param folders that the same sweep was run into, or shards of it; one that is given twice, or is `out`, counts once
 * @throws UserError where the folders are of different sweeps, contradict each other or cannot be read, or where `out`
 * cannot be written or is another process's at the moment
 * @throws StoppedError where the disk is full
 */
export async function mergeFolders(
  out: string,
  folders: readonly string[],
  options: MergeOptions = {},
): Promise<MergeResult> {
  const parts = await otherFolders(out, folders);
  const sweep = await commonSweep(parts);
  const isNew = !existsSync(out);
  await prepareFolder(out, "out");
  try {
    return await mergeInto(out, parts, sweep, options);
  } catch (error) {
    if (isNew && !existsSync(filesOf(out).sweep)) await rm(out, { recursive: true });
    throw error;
  }
}

async function mergeInto(
  out: string,
  folders: readonly string[],
  sweep: Sweep,
  { allTables = false, onNote }: MergeOptions,
): Promise<MergeResult> {
  await refuseUnwritableResults(out);
  const files = filesOf(out);
  const lock = lockForWriting(out, files.lock);
  try {
    await removeUnfinished(out);
    const store = openStore(files.store);
    try {
      const merged = mergeStores(store, folders, out);
      const joined = await joinedManifest(out, folders, sweep);
      const numerics = await numericsOf(sweep, joined, onNote);
      const plan = planSweep(sweep, numerics);
      const note = await noteOnReplaced(out, { sweep, plan, engine: { numerics } }, store);
      if (note !== undefined) onNote?.(note);
      if (joined) await writeJson(files.manifest, joined);
      await writeSweep(out, located(sweep, out, joined));
      const { updateFiles } = await import("./update-files.js");
      const asked = { plan, threshold: sweep.convergence.rmse, allTables };
      const { written, ofOtherThreshold, ...results } = await updateFiles(
        out,
        asked,
        store,
        joined?.written,
      );
      if (ofOtherThreshold > 0) onNote?.(otherThresholdNote(ofOtherThreshold, asked.threshold));
      if (joined) await writeJson(files.manifest, { ...joined, counts: results.counts, written });
      return { ...merged, ...results, folders: folders.length, plan };
    } finally {
      store.close();
    }
  } finally {
    lock.release();
  }
}

/** By what the file system says they are: a pattern such as `results/*` may well name the one that is written. */
async function otherFolders(out: string, folders: readonly string[]): Promise<string[]> {
  const real = (folder: string) => realpath(folder).catch(() => resolve(folder));
  const seen = new Map([[await real(out), ""]]);
  for (const folder of folders) {
    const place = await real(folder);
    if (!seen.has(place)) seen.set(place, folder);
  }
  const others = [...seen.values()].slice(1);
  if (others.length > 0) return others;
  throw new UserError(
    `there is nothing to merge into ${out}; give it folders that lrn sweep wrote`,
  );
}

/** @throws UserError where they are not of one sweep */
async function commonSweep([first, ...others]: readonly string[]): Promise<Sweep> {
  const { sweep } = await findResults(first);
  for (const folder of others) {
    const differences = differencesOf(sweep, (await findResults(folder)).sweep);
    if (differences.length === 0) continue;
    throw new UserError(
      `${folder}: is not of the same sweep as ${first}: it has ${listed(differences)}; ` +
        "merge folders of one sweep file, with the same --seeds and --set",
    );
  }
  return sweep;
}

/** As `seeds 20 instead of 10`, or no more than that it is another where it is long. */
function differencesOf(one: Sweep, other: Sweep): string[] {
  const [before, now] = [new Map(comparable(one)), new Map(comparable(other))];
  return [...before.keys()]
    .filter((name) => !sameValue(before.get(name), now.get(name)))
    .map((name) => {
      const [was, is] = [before, now].map((fields) => JSON.stringify(fields.get(name)));
      const isLong = was.length + is.length > LONGEST_SHOWN;
      return isLong ? `another ${name}` : `${name} ${is} instead of ${was}`;
    });
}

/** Characters of two values. */
const LONGEST_SHOWN = 100;

/** Without what results do not depend on: where data files are, and where an editor finds the schema. */
function comparable(sweep: Sweep): [string, unknown][] {
  const { $schema, ...rest } = mapFileDatasets(sweep, (spec) => ({
    ...spec,
    file: basename(spec.file),
  }));
  return Object.entries(rest);
}

/** The runs and data files of all folders; those of `out` first. */
async function joinedManifest(
  out: string,
  folders: readonly string[],
  sweep: Sweep,
): Promise<Manifest | undefined> {
  const manifests: Manifest[] = [];
  const places = new Map<string, string>();
  for (const folder of [out, ...folders]) {
    const manifest = await readManifest(filesOf(folder).manifest);
    if (!manifest) continue;
    manifests.push(manifest);
    for (const [hash, path] of Object.entries(manifest.datasets ?? {})) {
      const known = places.get(hash);
      const place = resolve(folder, path);
      if (known === undefined || (!existsSync(known) && existsSync(place))) places.set(hash, place);
    }
  }
  const joined = joinManifests(manifests);
  if (!joined) return undefined;
  const datasets = Object.fromEntries(
    [...places].map(([hash, place]) => [hash, pathFrom(out, place)]),
  );
  return { ...joined, name: sweep.name, ...(places.size > 0 && { datasets }) };
}

/** With data files where one of the folders says they are, should the first one's be gone. */
function located(sweep: Sweep, out: string, manifest: Manifest | undefined): Sweep {
  return mapFileDatasets(sweep, (spec) => {
    const path = manifest?.datasets?.[spec.sha256];
    return existsSync(spec.file) || path === undefined
      ? spec
      : { ...spec, file: resolve(out, path) };
  });
}

/** The arithmetic of the latest run by the sweep's engine, which may be absent here. */
async function numericsOf(
  { engine }: Sweep,
  manifest: Manifest | undefined,
  onNote: MergeOptions["onNote"],
): Promise<string> {
  const runs = manifest ? [manifest, ...manifest.earlierRuns.toReversed()] : [];
  const own = runs.filter(({ engine: { name } }) => name === engine);
  const [latest, ...others] = new Set(own.map(({ engine: { numerics } }) => numerics));
  if (latest === undefined) return (await loadEngine(engine)).numerics;
  if (others.length > 0) {
    onNote?.(
      `The folders have trials of numeric versions ${listed([latest, ...others])}, which are kept apart. The tables, ` +
        `trials.csv and cells.csv show those of ${latest}, the latest.`,
    );
  }
  return latest;
}
