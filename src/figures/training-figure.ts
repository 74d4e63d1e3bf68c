/** Figures 4.4 to 4.20: one training's loss and prediction. */

import { samplesPerStep } from "../engines/steps.js";
import { headingOf } from "../model/cells.js";
import { type Dataset, makeDataset } from "../model/dataset.js";
import {
  hasConverged,
  type Outcome,
  outcomeOf,
  rmsePerEpoch,
  unstandardized,
} from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import { csvLines } from "../output/formats/csv.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import type { LossRow, ReferenceRow } from "../output/pictures/charts/loss-chart.js";
import {
  type PredictionRow,
  trainingPlotSpec,
} from "../output/pictures/charts/training-plot-spec.js";
import { THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { TrainingPlotContent } from "../thesis/figures.js";
import { type ChosenTraining, chooseTraining } from "./choose-training.js";
import { type FigureRequest, type MadeFigure, sentences } from "./figure.js";
import { thesisCell } from "./thesis-trials.js";

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

  const values = unstandardized(dataset, training.predictions);
  const { losses, note } = drawable(
    lossRows(rmsePerEpoch(dataset, training.losses!), trial, dataset.t.length),
  );
  const references = referencesFor(dataset);
  const predictions = [...values].flatMap((value, sample) => {
    const x = dataset.x[sample];
    const target = { sample, x, what: "target" as const, value: dataset.t[sample] };
    const prediction = { sample, x, what: "prediction" as const, value };
    return Number.isFinite(value) ? [target, prediction] : [target];
  });
  const title = titleOf(trial, outcome, values);
  const subtitle = [
    settingText(trial, outcome),
    ...[rule, note].filter((text) => text !== undefined),
  ];
  const { smallPrint, textWidth } = request;
  const text = { title, subtitle, smallPrint, textWidth };
  return {
    title,
    text: sentences([title, ...subtitle]),
    svg: await chartSvg(trainingPlotSpec(losses, references, predictions, text)),
    csv: trainingCsv(losses, references, predictions),
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

/** The threshold, and what the best constant, the targets' mean, comes to. */
function referencesFor({ t, targetScalings: [{ deviation }] }: Dataset): ReferenceRow[] {
  return [
    { name: "converged", rmse: THESIS_CONVERGED_RMSE },
    // The deviation is over n - 1, an RMSE over n.
    { name: "best constant", rmse: deviation * Math.sqrt((t.length - 1) / t.length) },
  ];
}

/** In iterative training an epoch's loss is one sample's; the last epochs that saw each once tell more. */
function lossRows(rmse: Float64Array, trial: Trial, samples: number): LossRow[] {
  if (samplesPerStep(trial, samples) === samples) {
    return [...rmse].map((value, i) => ({ epoch: i + 1, rmse: value, of: "all samples" }));
  }
  const steps = [...rmse].map(
    (value, i): LossRow => ({ epoch: i + 1, rmse: value, of: "the epoch's sample" }),
  );
  const passes = steps.slice(samples - 1).map(({ epoch }): LossRow => {
    const seen = rmse.subarray(epoch - samples, epoch);
    const squares = seen.reduce((sum, value) => sum + value * value, 0);
    return { epoch, rmse: Math.sqrt(squares / samples), of: "the last 20 epochs" };
  });
  return [...steps, ...passes];
}

/** A logarithmic axis has no 0, and no axis what overflowed; a note says how many are left out. */
function drawable(rows: readonly LossRow[]): { losses: LossRow[]; note?: string } {
  const losses = rows.filter(({ rmse }) => rmse > 0 && Number.isFinite(rmse));
  const zeros = rows.filter(({ rmse }) => rmse === 0).length;
  const overflown = rows.length - losses.length - zeros;
  const parts = [
    ...(zeros > 0 ? [`${zeros} that are exactly 0`] : []),
    ...(overflown > 0 ? [`${overflown} that overflowed`] : []),
  ];
  return { losses, ...(parts.length > 0 && { note: `Losses left out: ${parts.join(", ")}.` }) };
}

/** A row per mark; what a kind of mark has no value for stays empty. */
function trainingCsv(
  losses: readonly LossRow[],
  references: readonly ReferenceRow[],
  predictions: readonly PredictionRow[],
): string {
  return csvLines([
    ["chart", "series", "epoch", "sample", "x", "value"],
    ...losses.map(({ epoch, rmse, of }) => ["loss", of, epoch, null, null, rmse]),
    ...references.map(({ name, rmse }) => ["loss", name, null, null, null, rmse]),
    ...predictions.map(({ sample, x, what, value }) => [
      "prediction",
      what,
      null,
      sample,
      x,
      value,
    ]),
  ]);
}
