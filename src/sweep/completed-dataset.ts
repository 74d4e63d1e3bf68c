/** A dataset of which only some fields are given, in the place of another. */
import { DATASETS } from "../model/dataset-axis.js";
import { type DatasetSpec, isOfFile, THESIS_DATASET } from "../model/trial.js";
import type { Fields } from "./overrides.js";

const [DRAWN, OF_FILE] = DATASETS.of.map(({ fields }) => Object.keys(fields));

/** What both kinds may have, and what means the same in both. */
const SCALED = ["standardize", "targetScale", "testSamples"];

/** What decides which numbers a file has. */
const OF_NUMBERS = ["file", "inputs", "targets"];

/**
 * The rest is as the other dataset has it; of one of the other kind, drawn or of a file, only what both kinds
 * may have is kept, and a drawn one has the thesis's points for the rest. What a file says of itself is left
 * out where the given fields change it.
 *
 * @returns what is still to be checked
 */
export function completedDataset(given: Fields, other: DatasetSpec): Fields {
  const names = Object.keys(given);
  const only = (own: readonly string[], others: readonly string[]) =>
    names.some((name) => own.includes(name) && !others.includes(name));
  const wantsFile = only(OF_FILE, DRAWN) || (isOfFile(other) && !only(DRAWN, OF_FILE));
  if (!wantsFile) {
    const kept = picked(other, isOfFile(other) ? [...SCALED, "samples"] : DRAWN);
    return { ...THESIS_DATASET, ...kept, ...given };
  }
  if (!isOfFile(other)) return { ...picked(other, SCALED), ...given };
  const isSame = !names.some((name) => OF_NUMBERS.includes(name));
  const hasRows = isSame && !names.includes("testSamples");
  const filledIn = [...(isSame ? ["sha256"] : []), ...(hasRows ? ["samples"] : [])];
  return { ...picked(other, [...OF_NUMBERS, ...SCALED, ...filledIn]), ...given };
}

function picked(from: object, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
