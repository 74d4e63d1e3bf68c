/**
 * Proves a store: trains its trials again and compares. A training is the same to the last bit on
 * every machine, so whatever differs was changed after it was written.
 */
import { ENGINE_NAMES } from "../engines/names.js";
import { grouped } from "../model/grouped.js";
import { namedStream } from "../model/random.js";
import type { Cell } from "../model/trial.js";
import type { Store, StoredCell, StoredTrial, StoreReader } from "../store/store.js";
import { differences, type Finding, numbersLackedBy, wrongThreshold } from "./findings.js";
import type { Plan } from "./plan.js";
import { type RunOptions, runPlan } from "./run.js";
import type { TrainingPool } from "./train-batches.js";
import { cellKey } from "./trial-key.js";
import { type WorkLeft, workLeft } from "./work-left.js";

export interface Proof {
  /** Trials in the store. */
  readonly trials: number;
  /** Of them, trained again and compared. */
  readonly compared: number;
  /** Trials that failed when they were trained: they have no numbers. */
  readonly failed: number;
  /** Trials of another engine's arithmetic, which this one cannot train again. */
  readonly ofOtherNumerics: number;
  /** Of those compared, trials that were stored before some of today's numbers, which are then left out. */
  readonly withoutLater: number;
  readonly findings: readonly Finding[];
}

export interface ProofOptions extends Pick<RunOptions, "onProgress" | "signal"> {
  /** Gives the same bits every time. */
  readonly engine: RunOptions["engine"];
  /** Numeric versions that trained the store's trials, as far as is known. */
  readonly knownNumerics: readonly string[];
  /** The thresholds that they were trained with; undefined among them where some may have been without. */
  readonly knownThresholds: readonly (number | undefined)[];
  /** Compare so many trials, chosen by a seed; all of them unless told. */
  readonly sample?: { readonly trials: number; readonly seed: number };
}

/** @param pool of the options' engine */
export async function proveStore(
  store: StoreReader,
  pool: TrainingPool,
  { engine, knownNumerics, knownThresholds, sample, onProgress, signal }: ProofOptions,
): Promise<Proof> {
  const trials = store.count();
  const chosen = sample ? chosenIndexes(trials, sample) : undefined;
  const findings: Finding[] = store
    .problems()
    .map((problem) => ({ what: "trials.db", stored: problem, again: "" }));
  let failed = 0;
  let ofOtherNumerics = 0;
  let withoutLater = 0;
  let offset = 0;
  const groups = new Map<number | undefined, Wanted>();
  for (const stored of store.cells()) {
    const { key, cell } = stored;
    const all = store.trialsOf(key);
    const rows = all.filter((_, i) => !chosen || chosen.has(offset + i));
    offset += all.length;
    if (key !== keyOf(cell, engine.numerics)) {
      if (knownNumerics.some((numerics) => key === keyOf(cell, numerics))) {
        ofOtherNumerics += rows.length;
      } else {
        findings.push(wrongKey(stored, engine.numerics));
      }
      continue;
    }
    for (const { seed, engine: name } of rows) {
      if (isEngineName(name)) continue;
      findings.push({ cell, seed, what: "engine", stored: name, again: ENGINE_NAMES.join(" or ") });
    }
    const ended = rows.filter(({ outcome }) => outcome.state !== "failed");
    failed += rows.length - ended.length;
    for (const [threshold, alike] of grouped(ended, thresholdOf)) {
      const trained = alike.filter(({ outcome }) => outcome.state === "trained");
      if (trained.length > 0 && !knownThresholds.includes(threshold)) {
        findings.push(
          ...trained.map(({ seed }) => wrongThreshold(cell, seed, threshold, knownThresholds)),
        );
      }
      const group: Wanted = groups.get(threshold) ?? new Map();
      groups.set(threshold, group.set(stored, new Set(alike.map(({ seed }) => seed))));
    }
  }
  const compare = (cell: Cell, key: string, again: StoredTrial) => {
    const stored = store.trialOf(key, again.seed);
    if (stored && numbersLackedBy(stored).length > 0) withoutLater++;
    findings.push(...differences(cell, stored, again));
  };
  const parts = [...groups].map(([threshold, wanted]) => {
    const seeds = [...new Set([...wanted.values()].flatMap((set) => [...set]))];
    const cells = [...wanted.keys()];
    const plan: Plan = { cells, seeds, trials, ...(threshold !== undefined && { threshold }) };
    const own = comparing(store, seeds, wanted, compare);
    return { plan, own, left: workLeft(plan, own, engine) };
  });
  let compared = 0;
  for (const [i, { plan, own }] of parts.entries()) {
    if (signal?.aborted) break;
    const later = parts.slice(i + 1).map(({ left }) => left);
    compared += await runPlan(plan, own, pool, {
      engine,
      ...(onProgress && {
        onProgress: (trained, left) => onProgress(trained, sumOf([left, ...later])),
      }),
      ...(signal && { signal }),
    });
  }
  return { trials, compared, failed, ofOtherNumerics, withoutLater, findings };
}

/** The seeds to train again, cell by cell. */
type Wanted = Map<StoredCell, ReadonlySet<number>>;

/** What a trial is to be trained with, to say again how many epochs it took to converge. */
function thresholdOf({ outcome }: StoredTrial): number | undefined {
  return outcome.state === "trained" ? outcome.thresholdRmse : undefined;
}

function sumOf(parts: readonly WorkLeft[]): WorkLeft {
  return parts.reduce((sum, { trials, seconds }) => ({
    trials: sum.trials + trials,
    seconds: sum.seconds + seconds,
  }));
}

function isEngineName(name: string): boolean {
  return (ENGINE_NAMES as readonly string[]).includes(name);
}

/** Floyd's algorithm (Bentley & Floyd 1987, "A sample of brilliance"): each subset is as likely as any other. */
function chosenIndexes(
  total: number,
  { trials, seed }: { readonly trials: number; readonly seed: number },
): ReadonlySet<number> {
  const draw = namedStream(seed, "check");
  const chosen = new Set<number>();
  for (let last = Math.max(0, total - trials); last < total; last++) {
    const index = Math.floor(draw() * (last + 1));
    chosen.add(chosen.has(index) ? last : index);
  }
  return chosen;
}

function wrongKey({ key, cell }: StoredCell, numerics: string): Finding {
  return { cell, what: "cell key", stored: key, again: keyOf(cell, numerics) ?? "" };
}

/** @returns undefined for a cell with a number that no JSON can hold, as none that was ever trained */
function keyOf(cell: Cell, numerics: string): string | undefined {
  try {
    return cellKey(cell, numerics);
  } catch {
    return undefined;
  }
}

/** A store for `runPlan` that has what is not wanted, and compares what it is given. */
function comparing(
  store: StoreReader,
  seeds: readonly number[],
  wanted: Wanted,
  compare: (cell: Cell, key: string, again: StoredTrial) => void,
): Store {
  const byKey = new Map([...wanted].map(([{ key }, own]) => [key, own]));
  return {
    ...store,
    whole: (action) => action(),
    seedsDone: (key) => seeds.filter((seed) => !byKey.get(key)!.has(seed)),
    write(batches) {
      for (const { cell, cellKey: key, trials } of batches) {
        for (const trial of trials) compare(cell, key, trial);
      }
    },
  };
}
