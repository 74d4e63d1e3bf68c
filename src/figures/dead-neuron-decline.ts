/** Trains the cells of Figures 4.22 and 4.23. */
import { summarizeCell } from "../analysis/cells.js";
import { hasConverged } from "../model/outcome.js";
import { CONNECTIONS } from "../model/trial.js";
import type { DeclineCell } from "../output/tables/dead-tables.js";
import { searchFirstSeeds } from "../sweep/first-seeds.js";
import { THESIS_CONVERGED_RMSE, THESIS_CONVERGENCES_PER_CELL } from "../thesis/experiment.js";
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
    CONNECTIONS.map((connection) => thesisCell({ ...published, depth: Number(depth), connection })),
  );
  return Promise.all(
    cells.map(async (cell) => {
      const { trials: searched, reached } = await searchFirstSeeds(
        async (seeds) => (await trials.of([cell], seeds))[0],
        {
          wanted: ({ outcome }) => hasConverged(outcome, THESIS_CONVERGED_RMSE),
          count: THESIS_CONVERGENCES_PER_CELL,
          atMost: DECLINE_CAP,
        },
      );
      return { summary: summarizeCell(cell, searched, THESIS_CONVERGED_RMSE), reached };
    }),
  );
}
