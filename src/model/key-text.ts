/** What decides the numbers of a trial or a cell, as text: its SHA-256 is the key, wherever it is worked out. */
import { fieldsText, namedAxes } from "./cells.js";
import type { Cell, Trial } from "./trial.js";

/** Canonical JSON (RFC 8785) of a trial and the numeric version of its engine. */
export function trialText({ seed, ...cell }: Trial, numerics: string): string {
  return trialTexts(cell, numerics)(seed);
}

/** The same for many trials of a cell, which differ in the seed alone: its fields are put into their order once. */
export function trialTexts(cell: Cell, numerics: string): (seed: number) => string {
  const fields = Object.entries({ ...namedAxes(cell), numerics });
  const textOf = (of: typeof fields) => fieldsText(Object.fromEntries(of));
  const before = textOf(fields.filter(([name]) => name < "seed"));
  const after = textOf(fields.filter(([name]) => name > "seed"));
  return (seed) => `{${before},"seed":${seed},${after}}`;
}

/** The same for the cell that a trial belongs to: all but the seed. */
export function cellText(cell: Cell, numerics: string): string {
  return `{${fieldsText({ ...namedAxes(cell), numerics })}}`;
}
