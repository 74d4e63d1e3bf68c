/** The columns of a convergence table that are means over each cell's converged trials. */
import type { CellSummary } from "../../analysis/cell-summaries.js";
import type { DeadDefinition } from "../../model/dead-neurons.js";

export interface MeanColumn {
  readonly head: string;
  /** Empty where no trial of the cell has the number. */
  text(means: NonNullable<CellSummary["means"]>): string;
}

interface Shown {
  readonly definition: DeadDefinition;
  /** What stands in front of "neurons" and "layers". */
  readonly name: string;
  /** What a reader must know who does not have the thesis's definition before them. */
  readonly note?: string;
}

const SHOWN = {
  zero: { definition: "dead", name: "Dead" },
  constant: {
    definition: "constant",
    name: "Constant",
    note: "constant: the same output for every sample",
  },
  "no-gradient": {
    definition: "noGradient",
    name: "No-gradient",
    note: "no-gradient: no gradient reaches its weights on any sample",
  },
} as const satisfies Record<string, Shown>;

/** By what a reader may have neurons and layers counted as dead. */
export type DeadChoice = keyof typeof SHOWN;
export const DEAD_CHOICES = Object.keys(SHOWN) as DeadChoice[];

/** In the thesis's order, with two, two and three decimals, as it prints them. */
export function meanColumns(dead: DeadChoice = "zero"): MeanColumn[] {
  const { definition, name } = SHOWN[dead];
  return [
    { head: `${name} neurons`, text: (means) => decimals(means[`${definition}Neurons`], 2) },
    { head: `${name} layers`, text: (means) => decimals(means[`${definition}Layers`], 2) },
    { head: "Training time (ms)", text: ({ trainMs }) => decimals(trainMs, 3) },
  ];
}

function decimals(value: number | null, digits: number): string {
  return value === null ? "" : value.toFixed(digits);
}

/** What a table's caption says of the definition, and of cells whose trials were trained before it was counted. */
export function deadNotes(dead: DeadChoice = "zero", cells: readonly CellSummary[]): string[] {
  const { definition, note }: Shown = SHOWN[dead];
  const lacks = cells.some(({ means }) => means && means[`${definition}Neurons`] === null);
  return [...(note ? [note] : []), ...(lacks ? [LACKS] : [])];
}

const LACKS = "empty: trained by an earlier version, which did not count these";
