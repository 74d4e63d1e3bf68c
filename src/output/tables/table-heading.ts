/** What stands above a convergence table. */
import type { StoppingRule } from "../../analysis/cell-summaries.js";
import { type ConvergenceTable, cellsIn } from "../../analysis/convergence-tables.js";
import { counted, number } from "../../counted.js";
import { axisOf } from "../../model/axes.js";
import { tableTitle } from "./convergence-grid.js";
import { type TableChoices, trialsPerCell } from "./count-columns.js";
import { deadNotes } from "./mean-columns.js";

/**
 * `Adam, learning rate 0.01, width 2`, and how far the sweep is where it is not finished.
 *
 * @param part what of the sweep was trained, where it was not all: `shard 3 of 16`
 */
export function tableHeading(table: ConvergenceTable, part?: string): string {
  const title = tableTitle(table);
  if (!table.unfinished) return title;
  return `${title} (${part ? `${part}, ` : ""}${unfinishedText(table.unfinished)})`;
}

/** `sweep unfinished: 1,234 of 3,360 trials`. */
export function unfinishedText({
  what,
  has,
  of,
}: NonNullable<ConvergenceTable["unfinished"]>): string {
  return `sweep unfinished: ${number(has)} of ${number(of)} ${what}`;
}

/** Of how many trials the counts are, how long each was, and what counts as converged and as dead. */
export function tableCaption(
  table: ConvergenceTable,
  { intervals, dead }: TableChoices = {},
): string {
  const cells = cellsIn(table);
  const [{ cell, asked, threshold }] = cells;
  const trials = trialsPerCell(table);
  const until = untilText(asked);
  const sampled =
    until !== undefined
      ? [`Trials until ${until} (${number(asked.trials)} at most)`]
      : trials !== undefined
        ? [`${counted(trials, "trial")} per cell`]
        : [];
  const trained = table.title.epochs === undefined ? [axisOf("epochs").phrase(cell.epochs)] : [];
  return [
    ...[[...sampled, ...trained].join(", ")].filter(Boolean),
    `converged: RMSE at most ${threshold}`,
    ...(intervals ? [`rates with 95 % intervals (${intervalKind(asked)})`] : []),
    ...deadNotes(dead, cells),
  ].join("; ");
}

function untilText({ untilConverged, untilWidth }: StoppingRule): string | undefined {
  if (untilConverged !== undefined) return `${number(untilConverged)} converged`;
  return untilWidth === undefined ? undefined : `the rate's interval is ${untilWidth} wide`;
}

/** What a cell's interval is called. */
function intervalKind({ untilConverged, untilWidth }: StoppingRule): string {
  if (untilWidth !== undefined) return "confidence sequence";
  return untilConverged === undefined ? "Wilson" : "exact negative binomial";
}
