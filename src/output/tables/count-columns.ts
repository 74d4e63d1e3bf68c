/** The columns of a convergence table that count trials. Which ones it needs follows from its cells. */
import {
  type CellSummary,
  isSequential,
  type StoppingRule,
} from "../../analysis/cell-summaries.js";
import { type ConvergenceTable, type Counted, cellsIn } from "../../analysis/convergence-tables.js";
import { isNarrow } from "../../analysis/sampling-until-narrow.js";
import type { DeadChoice } from "./mean-columns.js";

export interface CountColumn {
  readonly head: string;
  /** Of a cell; empty where there is nothing to say. */
  text(cell: CellSummary): string;
  /** What the table's totals add up; without it they leave the column empty. */
  readonly counts?: Counted;
}

/** What a reader may ask of tables beyond what they show anyway. */
export interface TableChoices {
  /** Show each cell's rate with its interval. */
  readonly intervals?: boolean;
  /** By which definition neurons and layers count as dead: the thesis's, unless told. */
  readonly dead?: DeadChoice | undefined;
}

export const TRIALS = counting("Trials", "trials");
export const CONVERGED: CountColumn = {
  head: "Total converged",
  text: ({ trials, converged }) => (trials === 0 ? "" : String(converged)),
  counts: "converged",
};
export const DIVERGED = counting("Diverged", "diverged");
export const FAILED = counting("Failed", "failed");

/** Of cells whose trials end with a converged one: the number that their sampling measures. */
const NEEDED: CountColumn = {
  head: "Trainings needed",
  text: ({ trials, converged, asked }) =>
    converged < asked.untilConverged! ? `>${trials}` : String(trials),
};

/** Of cells whose trials end once their rate is known well enough. */
const ENOUGH: CountColumn = {
  ...TRIALS,
  text: ({ trials, converged, asked }) =>
    isNarrow(converged, trials, asked.untilWidth!) ? String(trials) : `>${trials}`,
};

const RATE: CountColumn = {
  head: "Rate (%)",
  text: ({ rate }) =>
    rate ? `${percent(rate.value)} (${percent(rate.low)}–${percent(rate.high)})` : "",
};

function counting(head: string, counts: Counted): CountColumn {
  return { head, text: (cell) => String(cell[counts]), counts };
}

function percent(rate: number): string {
  return (100 * rate).toFixed(1);
}

/** The columns in front of a table's means: those without which its counts would mislead, and those asked for. */
export function countColumns(
  table: ConvergenceTable,
  { intervals = false }: TableChoices = {},
): CountColumn[] {
  const cells = cellsIn(table);
  const needs = (column: CountColumn, needed: boolean) => (needed ? [column] : []);
  const has = (rule: keyof StoppingRule) => cells.some(({ asked }) => asked[rule] !== undefined);
  const isFixed = !cells.some(({ asked }) => isSequential(asked));
  return [
    ...needs(NEEDED, has("untilConverged")),
    ...needs(ENOUGH, has("untilWidth")),
    ...needs(TRIALS, isFixed && trialsPerCell(table) === undefined),
    CONVERGED,
    ...needs(RATE, intervals),
    ...needs(
      DIVERGED,
      cells.some(({ diverged }) => diverged > 0),
    ),
    ...needs(
      FAILED,
      cells.some(({ failed }) => failed > 0),
    ),
  ];
}

/** How many trials each cell of a finished sweep's table has; undefined where they differ. */
export function trialsPerCell(table: ConvergenceTable): number | undefined {
  const [first, ...others] = cellsIn(table);
  const alike = others.every(({ trials }) => trials === first.trials);
  return alike && !table.unfinished ? first.trials : undefined;
}
