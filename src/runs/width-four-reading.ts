/**
 * Figure 4.22's means of late-residual networks are about half of ours. The class of the notebook behind it looks at the
 * first two of the four neurons of each layer only (matthewfernst/LateResidualConnections, commit of 29 November 2021).
 * Both readings are held against the printed means.
 */
import type { Reading } from "../analysis/account.js";
import { FALSE_ALARM_LEVEL } from "../analysis/count-differences.js";
import { holmAdjusted } from "../analysis/holm.js";
import { isPossible, meanOfFewTest } from "../analysis/mean-of-few.js";
import { loadEngine } from "../engines/load.js";
import { cellOf } from "../model/cells.js";
import { makeDataset } from "../model/dataset.js";
import { countDead, findDeadNeurons } from "../model/dead-neurons.js";
import { hasConverged, outcomeOf } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import { publishedResults } from "../thesis/published-results.js";

/** The neurons of a layer that the notebook's class looks at. */
const LOOKED_AT = 2;
const DECIMALS = 2;
/** How many networks a printed mean is of, which is not known, at the most. */
const MOST_NETWORKS = 10;

/**
 * @param seeds trainings of each depth
 * @param signal ends it between two small batches, with what it has until then
 */
export async function widthFourReadings(seeds: number, signal?: AbortSignal): Promise<Reading[]> {
  const { deadNeurons, figure, plottedIn: _, ...recipe } = publishedResults.deadNeuronDecline;
  const printed = Object.entries(deadNeurons["late-residual"]).map(([depth, mean]) => ({
    depth: Number(depth),
    mean,
  }));
  const counts: CountedDead[][] = [];
  for (const { depth } of printed) {
    const cell = cellOf({ ...recipe, depth, connection: "late-residual" });
    counts.push(await deadInConverged(cell, seeds, signal));
  }
  const readings = [
    ["all four neurons of each layer", (count: CountedDead) => count.all],
    ["the first two neurons of each layer", (count: CountedDead) => count.first],
  ] as const;
  return readings.map(([of, counted]): Reading => {
    const rows = printed.map(({ depth, mean }, i) => {
      const values = counts[i].map(counted);
      const networks = fewestFor(mean);
      return {
        depth,
        printed: mean,
        networks,
        ours: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length),
        converged: values.length,
        p: meanOfFewTest(values, { mean, decimals: DECIMALS, of: networks }),
      };
    });
    const tested = rows.flatMap(({ p }) => (p === null ? [] : [p]));
    const isRuledOut = holmAdjusted(tested).some((p) => p <= FALSE_ALARM_LEVEL);
    const verdict = isRuledOut ? "ruled out" : tested.length < rows.length ? "cannot tell" : "fits";
    return { from: `Figure ${figure}`, of, rows, verdict };
  });
}

interface CountedDead {
  readonly all: number;
  /** Among the first two neurons of each layer. */
  readonly first: number;
}

/** So many trainings take a tenth of a second or two, and then a signal is heard. */
const AT_ONCE = 40;

async function deadInConverged(
  cell: Cell,
  seeds: number,
  signal?: AbortSignal,
): Promise<CountedDead[]> {
  const engine = await loadEngine("fused");
  const dataset = makeDataset(cell.dataset);
  const trials = Array.from({ length: seeds }, (_, seed) => ({ ...cell, seed }));
  const counts: CountedDead[] = [];
  for (let from = 0; from < seeds && !signal?.aborted; from += AT_ONCE) {
    const some = trials.slice(from, from + AT_ONCE);
    const trainings = await engine.train({ trials: some });
    for (const [i, training] of trainings.entries()) {
      const outcome = outcomeOf(some[i], dataset, training);
      if (!hasConverged(outcome, THESIS_CONVERGED_RMSE)) continue;
      const { mask, neurons } = findDeadNeurons(cell, training.activations);
      const first = countDead(mask.map((layer) => layer.slice(0, LOOKED_AT))).neurons;
      counts.push({ all: neurons, first });
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return counts;
}

/** The fewest networks, from the three that the thesis speaks of, that a mean can be of. */
function fewestFor(mean: number): number {
  for (let of = 3; of < MOST_NETWORKS; of++) {
    if (isPossible({ mean, decimals: DECIMALS, of })) return of;
  }
  return MOST_NETWORKS;
}
