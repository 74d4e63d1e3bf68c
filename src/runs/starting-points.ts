/** Networks that the playground can begin with: the thesis's plotted trainings, and a network of each remedy. */
import { inPackage } from "../files/package.js";
import { cellOf, sameValue } from "../model/cells.js";
import { THESIS_DATASET } from "../model/trial.js";
import type { StartingPoint } from "../output/page/page-data.js";
import { cellsOfGrids } from "../sweep/plan.js";
import { readSweep } from "../sweep/read-sweep.js";
import { publishedResults } from "../thesis/published-results.js";
import { SHOWN_SEEDS } from "../thesis/shown-seeds.js";

/** Where remedies begin to differ: most plain networks of this shape are dead. */
const REMEDY = { depth: 10, width: 2 } as const;

export async function startingPoints(): Promise<StartingPoint[]> {
  return [...ofThesis(), ...(await ofRemedies())];
}

function ofThesis(): StartingPoint[] {
  return publishedResults.trainingPlots.map(({ figure, converged, says: _, ...given }) => ({
    group: "The thesis's plots",
    name: `Figure ${figure}: ${given.connection}, ${converged ? "converges" : "does not converge"}`,
    cell: cellOf(given),
    seed: SHOWN_SEEDS[figure],
  }));
}

async function ofRemedies(): Promise<StartingPoint[]> {
  const sweep = await readSweep(inPackage("configs/remedies.json"));
  return cellsOfGrids(sweep).flatMap(({ name, cells }) => {
    const found = cells.find(
      ({ depth, width, dataset }) =>
        depth === REMEDY.depth &&
        width === REMEDY.width &&
        sameValue({ ...dataset, testSamples: undefined }, THESIS_DATASET),
    );
    return name === undefined || !found ? [] : [{ group: "Remedies", name, cell: found, seed: 0 }];
  });
}
