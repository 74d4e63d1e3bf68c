/** Figures 4.4 to 4.20: one training's loss and prediction. */

import { samplesPerStep } from "../engines/steps.js";
import { headingOf } from "../model/cells.js";
import { makeDataset } from "../model/dataset.js";
import {
  hasConverged,
  type Outcome,
  outcomeOf,
  rmsePerEpoch,
  unstandardized,
} from "../model/outcome.js";
import type { Cell, Trial } from "../model/trial.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import {
  LOSS_TOP,
  type LossRow,
  trainingPlotSpec,
} from "../output/pictures/charts/training-plot-spec.js";
import { THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { TrainingPlot } from "../thesis/published.js";
import type { FigureRequest, MadeFigure } from "./figure.js";
import { SEEDS_SEARCHED, type ThesisTrials, thesisCell } from "./thesis-trials.js";

/** Predictions that lie closer together than this are called a constant. */
const CONSTANT_SPREAD = 0.01;

export async function trainingFigure(
  published: TrainingPlot,
  request: FigureRequest,
): Promise<MadeFigure> {
  const trials = await request.trials();
  const cell = thesisCell(published);
  const { seed, note }: ChosenSeed =
    request.seed === undefined
      ? await firstSeed(cell, published.converged, trials)
      : await trials.one(cell, request.seed);
  const trial: Trial = { ...cell, seed };
  const training = await trials.watch(trial);
  const dataset = makeDataset(cell.dataset);
  const outcome = outcomeOf(trial, dataset, training);

  const values = unstandardized(dataset, training.predictions);
  const losses = lossRows(rmsePerEpoch(dataset, training.losses!), trial, dataset.t.length);
  const predictions = [...values].flatMap((value, sample) => [
    { sample, what: "target" as const, value: dataset.t[sample] },
    { sample, what: "prediction" as const, value },
  ]);
  const title = titleOf(trial, outcome, values);
  const cut = losses.some(({ rmse }) => rmse > LOSS_TOP)
    ? [`Losses above ${LOSS_TOP} are cut.`]
    : [];
  const subtitle = [settingText(trial, outcome), ...(note ? [note] : []), ...cut];
  const { smallPrint, textWidth } = request;
  const spec = trainingPlotSpec(losses, predictions, { title, subtitle, smallPrint, textWidth });
  return {
    title,
    text: () => [title, ...subtitle].join("\n"),
    svg: await chartSvg(spec),
    data: { trial, outcome, losses, predictions },
  };
}

interface ChosenSeed {
  readonly seed: number;
  readonly note?: string;
}

/** The first seed whose training does what the thesis's did, or else the nearest one and a note. */
async function firstSeed(
  cell: Cell,
  converged: boolean,
  { search }: ThesisTrials,
): Promise<ChosenSeed> {
  const wanted = (outcome: Outcome) => hasConverged(outcome, THESIS_CONVERGED_RMSE) === converged;
  const [{ trials, reached }] = await search([cell], { wanted, count: 1 }, SEEDS_SEARCHED);
  if (reached) return { seed: trials.at(-1)!.seed };
  // Convergence is a small RMSE: the nearest to it is the smallest, the nearest to none the largest.
  const [nearest] = trials.toSorted((a, b) => {
    const difference = rmseOf(a.outcome) - rmseOf(b.outcome);
    return converged ? difference : -difference;
  });
  return {
    seed: nearest.seed,
    note:
      `The thesis's ${converged ? "converged" : "did not converge"}; none of the first ` +
      `${trials.length} seeds ${converged ? "does" : "fails to"}, this is the nearest.`,
  };
}

function rmseOf(outcome: Outcome): number {
  return outcome.state === "trained" ? outcome.finalRmse : Number.MAX_VALUE;
}

function titleOf(trial: Trial, outcome: Outcome, values: Float64Array): string {
  const name = `A ${trial.connection} network of depth ${trial.depth}`;
  if (outcome.state !== "trained") return `${name} diverges`;
  if (hasConverged(outcome, THESIS_CONVERGED_RMSE)) {
    return `${name} converges: its predictions lie on the targets`;
  }
  const constant = Math.max(...values) - Math.min(...values) < CONSTANT_SPREAD;
  return `${name} does not converge${constant ? ": it predicts the same value for every sample" : ""}`;
}

function settingText(trial: Trial, outcome: Outcome): string {
  const optimizer = headingOf("optimizer", trial.optimizer);
  const rmse = outcome.state === "trained" ? outcome.finalRmse.toPrecision(2) : "none";
  return (
    `${optimizer}, learning rate ${trial.learningRate}, ${trial.trainingStyle}, width ${trial.width}, ` +
    `seed ${trial.seed}; final RMSE ${rmse} (converged: at most ${THESIS_CONVERGED_RMSE})`
  );
}

/** In iterative training an epoch's loss is one sample's; the last epochs that saw each once tell more. */
function lossRows(rmse: Float64Array, trial: Trial, samples: number): LossRow[] {
  if (samplesPerStep(trial, samples) === samples) {
    return [...rmse].map((value, epoch) => ({ epoch, rmse: value, of: "all samples" }));
  }
  const steps = [...rmse].map(
    (value, epoch): LossRow => ({ epoch, rmse: value, of: "the epoch's sample" }),
  );
  const passes = steps.slice(samples - 1).map(({ epoch }): LossRow => {
    const seen = rmse.subarray(epoch + 1 - samples, epoch + 1);
    const squares = seen.reduce((sum, value) => sum + value * value, 0);
    return { epoch, rmse: Math.sqrt(squares / samples), of: "the last 20 epochs" };
  });
  return [...steps, ...passes];
}
