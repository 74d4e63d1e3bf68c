/** Joins the trials of results folders in one store. */
import { counted, number } from "../counted.js";
import { UserError } from "../errors.js";
import { cellName, identityOf } from "../model/cells.js";
import { visible } from "../output/visible.js";
import { type Contradiction, contradictionsOf } from "../store/contradictions.js";
import {
  openStoreReadOnly,
  type Store,
  type StoredCell,
  type StoredTrial,
  type StoreReader,
} from "../store/store.js";
import { filesOf } from "./folder-files.js";

export interface MergedTrials {
  /** Trials that the store did not have, or that had failed there. */
  readonly added: number;
  /** Of the folders' trials, those that it had, also from another folder. */
  readonly before: number;
}

/** A message lists so many. */
const MOST_LISTED = 10;

/** A trial of a folder that contradicts what the store has by then. */
interface Contradicting {
  readonly found: StoredCell;
  readonly trial: StoredTrial;
  readonly what: readonly Contradiction[];
  readonly folder: string;
}

/**
 * Adds to a store what it lacks of the folders' trials, a cell at a time, all of it or nothing. Failed trials give way to
 * others; of equal ones, the first stays.
 *
 * @param name of the store's own folder, for messages
 * @throws UserError where trials contradict each other, or a folder's store cannot be read
 */
export function mergeStores(store: Store, folders: readonly string[], name: string): MergedTrials {
  let [added, before, contradicting] = [0, 0, 0];
  const listed: Contradicting[] = [];
  store.whole(() => {
    const cells = new Map(store.cells().map(({ key, cell }) => [key, identityOf(cell)]));
    for (const folder of folders) {
      reading(folder, (from) => {
        for (const found of from.cells()) {
          refuseOtherCell(found, cells, folder);
          const { lacking, others } = sorted(from.trialsOf(found.key), store, found.key);
          for (const [trial, stored] of others) {
            const what = contradictionsOf(stored, trial);
            if (what.length > 0 && ++contradicting <= MOST_LISTED) {
              listed.push({ found, trial, what, folder });
            }
          }
          store.write([{ cellKey: found.key, cell: found.cell, trials: lacking }]);
          added += lacking.length;
          before += others.length;
        }
      });
    }
    if (contradicting > 0) throw refusal(contradicting, listed, folders, name);
  });
  return { added, before };
}

function reading<Result>(folder: string, read: (store: StoreReader) => Result): Result {
  const store = openStoreReadOnly(filesOf(folder).store);
  try {
    return read(store);
  } finally {
    store.close();
  }
}

/** @returns of the trials, those that the store lacks, and the others, each with the store's own */
function sorted(trials: readonly StoredTrial[], store: Store, cellKey: string) {
  const lacking: StoredTrial[] = [];
  const others: [StoredTrial, StoredTrial][] = [];
  const seeds = new Set(store.seedsDone(cellKey));
  let own: ReadonlyMap<number, StoredTrial> | undefined;
  for (const trial of trials) {
    if (!seeds.has(trial.seed)) {
      lacking.push(trial);
      continue;
    }
    // Read only where something is there twice: of shards, nothing is.
    own ??= new Map(store.trialsOf(cellKey).map((each) => [each.seed, each]));
    const stored = own.get(trial.seed)!;
    const givesWay = stored.outcome.state === "failed" && trial.outcome.state !== "failed";
    if (givesWay) lacking.push(trial);
    else others.push([trial, stored]);
  }
  return { lacking, others };
}

/** Cells of one key are the same, or one of them is damaged. */
function refuseOtherCell({ key, cell }: StoredCell, cells: Map<string, string>, folder: string) {
  const identity = identityOf(cell);
  const known = cells.get(key) ?? identity;
  cells.set(key, known);
  if (known === identity) return;
  throw new UserError(
    `${folder}: the cell of key ${key.slice(0, 12)}… is ${identity} here and ${known} in a folder before it; ` +
      "lrn check --results says which of them was changed; nothing was merged",
  );
}

function refusal(
  total: number,
  listed: readonly Contradicting[],
  folders: readonly string[],
  name: string,
): UserError {
  const lines = listed.map(({ found, trial, what, folder }) => {
    const earlier = folders.slice(0, folders.indexOf(folder));
    const holder = earlier.find((each) => contradicts(each, found, trial)) ?? name;
    const said = what.map((it) => `${it.what} ${it.one} in ${holder}, ${it.other} in ${folder}`);
    const title = `${trial.key.slice(0, 12)}… ${cellName(found.cell)}, seed ${trial.seed}`;
    return `  ${title}: ${said.join("; ")}`;
  });
  const more = total - listed.length;
  if (more > 0) lines.push(`  and ${number(more)} more`);
  return new UserError(
    `${counted(total, "trial")} ${total === 1 ? "contradicts" : "contradict"} one of the same key in another ` +
      "folder; nothing was merged:\n" +
      `${lines.map(visible).join("\n")}\n` +
      "lrn check --results says of each folder whether its numbers are those of its trials",
  );
}

function contradicts(folder: string, { key }: StoredCell, trial: StoredTrial): boolean {
  const there = reading(folder, (store) => store.trialOf(key, trial.seed));
  return there !== undefined && contradictionsOf(there, trial).length > 0;
}
