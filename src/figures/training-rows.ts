/** What plots of a training show, a row per mark. */
import { number } from "../counted.js";
import { samplesOfEpoch, samplesPerStep, stepsPerPass } from "../engines/steps.js";
import { type Dataset, standardization } from "../model/dataset.js";
import { rmsePerEpoch, type Training, unstandardized } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import { csvLines } from "../output/formats/csv.js";
import type { LossRow, ReferenceRow } from "../output/pictures/charts/loss-chart.js";
import type {
  OutputPredictions,
  PredictionRow,
} from "../output/pictures/charts/training-plot-spec.js";

/** More marks lie on each other, and a picture of a million is of no use. */
const MOST_EPOCHS = 5000;
const MOST_SAMPLES = 500;

/**
 * A row per epoch, and where a step sees some samples only, one per epoch that ends a pass through all of
 * them, with the mean over its steps: the last so many epochs tell more than one does.
 */
export function lossRows(dataset: Dataset, { losses }: Training, trial: Trial): LossRow[] {
  const { samples } = dataset;
  const rmse = rmsePerEpoch(dataset, losses!);
  const epochs = drawnEpochs(rmse.length);
  const rowsOf = (of: LossRow["of"]) =>
    epochs.map((epoch): LossRow => ({ epoch, rmse: rmse[epoch - 1], of }));
  const seen = samplesPerStep(trial, samples);
  if (seen >= samples) return rowsOf("all samples");
  const pass = stepsPerPass(trial, samples);
  const step = seen === 1 ? "sample" : "mini-batch";
  const ofPass = (epoch: number): LossRow => {
    let squares = 0;
    for (let at = epoch - pass; at < epoch; at++) {
      const [begin, end] = samplesOfEpoch(trial, samples, at);
      squares += (end - begin) * (rmse[at] * rmse[at]);
    }
    return { epoch, rmse: Math.sqrt(squares / samples), of: `the last ${pass} epochs` };
  };
  return [...rowsOf(`the epoch's ${step}`), ...epochs.filter((epoch) => epoch >= pass).map(ofPass)];
}

/** All of them, or of many those that an axis of logarithms tells apart. */
function drawnEpochs(epochs: number): number[] {
  if (epochs <= MOST_EPOCHS) return Array.from({ length: epochs }, (_, i) => i + 1);
  const spread = Array.from({ length: MOST_EPOCHS }, (_, i) =>
    Math.round(epochs ** (i / (MOST_EPOCHS - 1))),
  );
  return [...new Set(spread)];
}

export interface Drawable {
  readonly losses: readonly LossRow[];
  readonly note?: string;
}

/** A logarithmic axis has no 0, and no axis what overflowed; a note says how many are left out. */
export function drawable(rows: readonly LossRow[]): Drawable {
  const losses = rows.filter(({ rmse }) => rmse > 0 && Number.isFinite(rmse));
  const zeros = rows.filter(({ rmse }) => rmse === 0).length;
  const overflown = rows.length - losses.length - zeros;
  const parts = [
    ...(zeros > 0 ? [`${zeros} that are exactly 0`] : []),
    ...(overflown > 0 ? [`${overflown} that overflowed`] : []),
  ];
  return { losses, ...(parts.length > 0 && { note: `Losses left out: ${parts.join(", ")}.` }) };
}

/** The threshold, and what the best constant, each output's mean, comes to. */
export function referencesFor({ t, samples }: Dataset, threshold: number): ReferenceRow[] {
  const outputs = t.length / samples;
  const constants = Array.from({ length: outputs }, (_, output) => {
    const own = t.filter((_, i) => i % outputs === output);
    if (own.every((value) => value === own[0])) return 0;
    // The deviation is over n - 1, an RMSE over n.
    return standardization(own).deviation * Math.sqrt((samples - 1) / samples);
  });
  const squares = constants.reduce((sum, each) => sum + each ** 2, 0);
  return [
    { name: "converged", rmse: threshold },
    { name: "best constant", rmse: outputs === 1 ? constants[0] : Math.sqrt(squares / outputs) },
  ];
}

/**
 * Targets and predictions of every sample, or of many of every so many-th. What overflowed is left out.
 *
 * @param names of the outputs, at least one; those behind the last are left out
 */
export function predictionRows(
  { samples, x, t, ...dataset }: Dataset,
  { predictions }: Training,
  names: readonly string[],
): OutputPredictions[] {
  const values = unstandardized(dataset, predictions);
  const outputs = t.length / samples;
  const drawn = drawnSamples(samples);
  return names.map((name, output) => ({
    name,
    rows: drawn.flatMap((sample) => {
      const at = sample * outputs + output;
      const place = { sample, ...(x.length === samples && { x: x[sample] }) };
      const target: PredictionRow = { ...place, what: "target", value: t[at] };
      const prediction: PredictionRow = { ...place, what: "prediction", value: values[at] };
      return Number.isFinite(values[at]) ? [target, prediction] : [target];
    }),
  }));
}

/** Of many, evenly spread ones. */
function drawnSamples(samples: number): number[] {
  const stride = Math.ceil(samples / MOST_SAMPLES);
  return Array.from({ length: Math.ceil(samples / stride) }, (_, i) => i * stride);
}

/** What of so many epochs and samples is not drawn, in sentences. */
export function leftOut(epochs: number, samples: number): string[] {
  const stride = Math.ceil(samples / MOST_SAMPLES);
  return [
    ...(epochs > MOST_EPOCHS
      ? [`Of the ${number(epochs)} losses those that the axis tells apart are drawn.`]
      : []),
    ...(stride > 1 ? [`Of the ${number(samples)} samples one in ${stride} is drawn.`] : []),
  ];
}

/** A row per mark; what a kind of mark has no value for stays empty. Of one output, none is named. */
export function trainingCsv(
  losses: readonly LossRow[],
  references: readonly ReferenceRow[],
  outputs: readonly OutputPredictions[],
): string {
  const named = outputs.length > 1;
  const output = (name: string | null) => (named ? [name] : []);
  return csvLines([
    ["chart", "series", ...output("output"), "epoch", "sample", "x", "value"],
    ...losses.map(({ epoch, rmse, of }) => ["loss", of, ...output(null), epoch, null, null, rmse]),
    ...references.map(({ name, rmse }) => ["loss", name, ...output(null), null, null, null, rmse]),
    ...outputs.flatMap(({ name, rows }) =>
      rows.map(({ sample, x, what, value }) => [
        ...["prediction", what, ...output(name)],
        ...[null, sample, x ?? null, value],
      ]),
    ),
  ]);
}
