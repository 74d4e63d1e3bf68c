/** A trial of a results folder, found by its key. */
import { loadEngine } from "../engines/load.js";
import type { EngineName } from "../engines/names.js";
import { UserError } from "../errors.js";
import { isOfFile, type Trial } from "../model/trial.js";
import { type KeyedTrial, openStoreReadOnly, type StoredTrial } from "../store/store.js";
import { trialKey } from "../sweep/trial-key.js";
import { dataFiles } from "./folder-data.js";
import { findResults, runsInto } from "./read-folder.js";

export interface FoundTrial {
  readonly folder: string;
  readonly stored: StoredTrial;
  /** A dataset of a file has its path. */
  readonly trial: Trial;
  /** What trained it; the backend as far as the folder's manifest says. */
  readonly engine: EngineName;
  readonly backend: string | undefined;
  /** The largest final RMSE of a converged trial, as the folder's sweep has it. */
  readonly threshold: number;
}

const LEAST_DIGITS = 6;
const KEY_DIGITS = 64;

/**
 * @param beginning of the trial's key, or all of it
 * @param backend that trained it, where the folder's manifest does not say
 * @throws UserError where that is no such text, no trial or more than one has such a key, its row is not what
 *   the key names, or the folder cannot be read
 */
export async function findTrial(
  folder: string,
  beginning: string,
  backend?: string,
): Promise<FoundTrial> {
  const digits = beginning.toLowerCase();
  if (!/^[0-9a-f]*$/.test(digits) || digits.length < LEAST_DIGITS || digits.length > KEY_DIGITS) {
    throw new UserError(
      `--key: must be a trial's key, ${KEY_DIGITS} hexadecimal digits, or ${LEAST_DIGITS} or more that it ` +
        `begins with, got ${JSON.stringify(beginning)}; trials.csv has the keys in its first column`,
    );
  }
  const { sweep, store: file } = await findResults(folder);
  const { cell, trial: stored } = only(trialsWithKey(file, digits), digits, folder);
  const of = { ...cell, seed: stored.seed };
  const trainedOn = await provenBackend(folder, stored, of, backend);
  const { dataset } = cell;
  const located = isOfFile(dataset) ? (await dataFiles(folder, sweep))(dataset) : dataset;
  return {
    folder,
    stored,
    trial: { ...of, dataset: located },
    engine: stored.engine as EngineName,
    backend: trainedOn,
    threshold: sweep.convergence.rmse,
  };
}

function trialsWithKey(file: string, digits: string): KeyedTrial[] {
  const store = openStoreReadOnly(file);
  try {
    return store.trialsWithKey(digits);
  } finally {
    store.close();
  }
}

function only(found: readonly KeyedTrial[], digits: string, folder: string): KeyedTrial {
  if (found.length === 1) return found[0];
  if (found.length === 0) {
    throw new UserError(
      `--key: ${folder} has no trial with a key that begins with ${digits}; its trials.csv has the keys in ` +
        "the first column, and another folder may have it: lrn trial <folder> --key …",
    );
  }
  if (digits.length === KEY_DIGITS) throw damagedRow(digits, folder, "several trials have");
  const keys = found.map(({ trial }) => trial.key.slice(0, digits.length + 4));
  const shown = keys.length > 3 ? `${keys.slice(0, 3).join("…, ")}… and more` : keys.join("… and ");
  throw new UserError(
    `--key: ${folder} has several trials with keys that begin with ${digits}: ` +
      `${shown}${keys.length > 3 ? "" : "…"}; give more digits`,
  );
}

/**
 * @returns what did the arithmetic, where the engine has several such and the manifest says which
 * @throws UserError where the key is not that of the row's values
 */
async function provenBackend(
  folder: string,
  stored: StoredTrial,
  trial: Trial,
  backend: string | undefined,
): Promise<string | undefined> {
  const isKeyWith = (numerics: string) => keyOrNone(trial, numerics) === stored.key;
  const runs = (await runsInto(folder)).filter(({ engine }) => isKeyWith(engine.numerics));
  const own = runs.find(({ engine }) => engine.name === stored.engine) ?? runs[0];
  if (own) return own.engine.backend?.name;
  const engine = await loadEngine(stored.engine as EngineName, backend);
  if (isKeyWith(engine.numerics)) return engine.backend?.name;
  if (engine.bitStable) {
    throw damagedRow(stored.key, folder, "a trial with other values has");
  }
  throw new UserError(
    `--key: ${folder}: its manifest.json does not say with which backend the trial of key ` +
      `${stored.key.slice(0, 12)}… was trained, and ${engine.backend?.name ?? engine.name} was not it; give --backend`,
  );
}

/** @returns undefined for a trial with a number that no JSON can hold, as none that was ever trained */
function keyOrNone(trial: Trial, numerics: string): string | undefined {
  try {
    return trialKey(trial, numerics);
  } catch {
    return undefined;
  }
}

function damagedRow(key: string, folder: string, why: string): UserError {
  return new UserError(
    `--key: ${folder}: ${why} the key ${key.slice(0, 12)}…, so the store was changed after it was written; ` +
      `lrn check --results ${folder} says what else was, and how to mend it`,
  );
}
