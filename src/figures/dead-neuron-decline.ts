/** Trains the cells of Figures 4.22 and 4.23. */
import { summarizeCell } from "../analysis/cell-summaries.js";
import { hasConverged, type Outcome } from "../model/outcome.js";
import type { DeclineCell } from "../output/tables/dead-tables.js";
import {
  THESIS_CONNECTIONS,
  THESIS_CONVERGED_RMSE,
  THESIS_CONVERGENCES_PER_CELL,
} from "../thesis/experiment.js";
import type { DeadNeuronDecline } from "../thesis/published.js";
import { type ThesisTrials, thesisCell } from "./thesis-trials.js";

/** The most seeds that a cell gets; the hardest, plain of depth 15, converges about once in seven. */
export const DECLINE_CAP = 500;

/** A cell for each depth and connection, trained until three trainings converged or the cap is reached. */
export async function trainDecline(
  published: DeadNeuronDecline,
  trials: ThesisTrials,
): Promise<DeclineCell[]> {
  const cells = Object.keys(published.deadNeurons.plain).flatMap((depth) =>
    THESIS_CONNECTIONS.map((connection) =>
      thesisCell({ ...published, depth: Number(depth), connection }),
    ),
  );
  const wanted = (outcome: Outcome) => hasConverged(outcome, THESIS_CONVERGED_RMSE);
  const until = { wanted, count: THESIS_CONVERGENCES_PER_CELL };
  const found = await trials.search(cells, until, DECLINE_CAP);
  const asked = { trials: DECLINE_CAP, untilConverged: until.count };
  return cells.map((cell, i) => ({
    summary: summarizeCell(cell, found[i].trials, THESIS_CONVERGED_RMSE, asked),
    reached: found[i].reached,
  }));
}
