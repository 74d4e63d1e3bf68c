/** Figures 4.4 to 4.20: one training's loss and prediction. */

import { headingOf } from "../model/cells.js";
import { makeDataset } from "../model/dataset.js";
import { hasConverged, type Outcome, outcomeOf, unstandardized } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import { trainingPlotSpec } from "../output/pictures/charts/training-plot-spec.js";
import { THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { TrainingPlotContent } from "../thesis/figures.js";
import { type ChosenTraining, chooseTraining } from "./choose-training.js";
import { type FigureRequest, type MadeFigure, sentences } from "./figure.js";
import { thesisCell } from "./thesis-trials.js";
import { drawable, lossRows, predictionRows, referencesFor, trainingCsv } from "./training-rows.js";

/** Predictions that lie closer together than this are called a constant. */
const CONSTANT_SPREAD = 0.01;

export async function trainingFigure(
  { published, sought }: TrainingPlotContent,
  request: FigureRequest,
): Promise<MadeFigure> {
  const trials = await request.trials();
  const cell = thesisCell(published);
  const { seed, rule }: Pick<ChosenTraining, "seed"> & Partial<ChosenTraining> =
    request.seed === undefined
      ? await chooseTraining(cell, sought, trials)
      : await trials.one(cell, request.seed);
  const trial: Trial = { ...cell, seed };
  const training = await trials.watch(trial);
  const dataset = makeDataset(cell.dataset);
  const outcome = outcomeOf(trial, dataset, training);

  const { losses, note } = drawable(lossRows(dataset, training, trial));
  const references = referencesFor(dataset, THESIS_CONVERGED_RMSE);
  const outputs = predictionRows(dataset, training, ["t"]);
  const [{ rows: predictions }] = outputs;
  const values = unstandardized(dataset, training.predictions);
  const title = titleOf(trial, outcome, values);
  const subtitle = [
    settingText(trial, outcome),
    ...[rule, note].filter((text) => text !== undefined),
  ];
  const { smallPrint, textWidth } = request;
  const text = { title, subtitle, smallPrint, textWidth };
  const [domain] = dataset.domains;
  const input = { name: "x", domain };
  const plot = { losses, references, outputs, input, samples: dataset.samples };
  return {
    title,
    text: sentences([title, ...subtitle]),
    svg: await chartSvg(trainingPlotSpec(plot, text)),
    csv: trainingCsv(losses, references, outputs),
    data: { trial, outcome, losses, references, predictions },
  };
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
