/** The training of any trial, drawn as Figures 4.4 to 4.20 are: its loss, and its predictions over the targets. */
import { counted } from "../counted.js";
import { cellName } from "../model/cells.js";
import { isOfFile } from "../model/trial.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import type { LossRow, ReferenceRow } from "../output/pictures/charts/loss-chart.js";
import { type OneInput, trainingPlotSpec } from "../output/pictures/charts/training-plot-spec.js";
import type { TextWidth } from "../output/pictures/svg.js";
import type { TrialReport } from "../runs/trial-report.js";
import {
  drawable,
  leftOut,
  lossRows,
  predictionRows,
  referencesFor,
  trainingCsv,
} from "./training-rows.js";

export interface TrialFigure {
  readonly svg: string;
  /** A row per mark. */
  readonly csv: string;
}

/** A page has no room for more. */
const MOST_OUTPUTS = 8;
const LONGEST_NAME = 24;
/** A line so many times above all else would take the axis for itself. */
const FAR_ABOVE = 100;

/** @param smallPrint the command */
export async function trialFigure(
  report: TrialReport,
  smallPrint: string,
  textWidth: TextWidth,
): Promise<TrialFigure> {
  const { trial, dataset, training, threshold } = report;
  const names = outputNames(report);
  const { losses, note } = drawable(lossRows(dataset, training, trial));
  const shown = shownReferences(referencesFor(dataset, threshold), losses);
  const outputs = predictionRows(dataset, training, names.slice(0, MOST_OUTPUTS));
  const finite = training.predictions.filter(Number.isFinite).length;
  const overflown = training.predictions.length - finite;
  const notes = [
    ...(note === undefined ? [] : [note]),
    ...(overflown > 0 ? [`Predictions left out: ${overflown} that overflowed.`] : []),
    ...shown.notes,
    ...leftOut(trial.epochs, dataset.samples),
    ...(names.length > MOST_OUTPUTS
      ? [`The first ${MOST_OUTPUTS} of ${names.length} outputs are drawn.`]
      : []),
  ];
  const plot = {
    losses,
    references: shown.references,
    outputs,
    input: oneInput(report),
    samples: dataset.samples,
  };
  const subtitle = [settingText(report), outcomeText(report), ...notes];
  const text = { title: titleOf(report), subtitle, smallPrint, textWidth };
  return {
    svg: await chartSvg(trainingPlotSpec(plot, text)),
    csv: trainingCsv(losses, shown.references, outputs),
  };
}

/** A file's columns have names; a function's values are t. */
function outputNames({ trial: { dataset: spec }, dataset: { t, samples } }: TrialReport): string[] {
  if (isOfFile(spec)) return spec.targets.map(short);
  const outputs = t.length / samples;
  return Array.from({ length: outputs }, (_, i) => (outputs === 1 ? "t" : `t${i + 1}`));
}

function oneInput({ trial: { dataset: spec }, dataset }: TrialReport): OneInput | undefined {
  if (dataset.x.length !== dataset.samples) return undefined;
  const [domain] = dataset.domains;
  return { name: isOfFile(spec) ? short(spec.inputs[0]) : "x", domain };
}

function short(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** Those that the axis has, with a word on those that it has not. */
function shownReferences(
  references: readonly ReferenceRow[],
  losses: readonly LossRow[],
): { references: ReferenceRow[]; notes: string[] } {
  const [threshold, best] = references;
  const most = losses.reduce((high, { rmse }) => Math.max(high, rmse), best.rmse);
  const isFar = most > 0 && threshold.rmse > FAR_ABOVE * most;
  return {
    references: [...(isFar ? [] : [threshold]), ...(best.rmse > 0 ? [best] : [])],
    notes: [
      ...(isFar ? [`The RMSE of a converged trial, at most ${threshold.rmse}, is far above.`] : []),
      ...(best.rmse > 0 ? [] : ["All targets are equal, so that a constant fits them."]),
    ],
  };
}

function titleOf({ trial, outcome, converged }: TrialReport): string {
  const name = `A ${trial.connection} network of depth ${trial.depth}`;
  if (outcome.state !== "trained") return `${name} diverges`;
  const constant = outcome.collapsed ? "it predicts the same for every sample" : undefined;
  const verdict = converged ? "converges" : "does not converge";
  return `${name} ${verdict}${constant ? `: ${constant}` : ""}`;
}

function settingText({ trial, engine }: TrialReport): string {
  return `${cellName(trial)}; seed ${trial.seed}; engine ${engine.name}`;
}

function outcomeText({ outcome, threshold }: TrialReport): string {
  const converged = `(converged: at most ${threshold})`;
  if (outcome.state !== "trained") return `Its numbers overflowed: no final RMSE ${converged}`;
  const { finalRmse, testRmse, deadNeurons, deadLayers } = outcome;
  const tested = testRmse === undefined ? "" : `, ${testRmse.toPrecision(4)} at test points`;
  return (
    `Final RMSE ${finalRmse.toPrecision(4)}${tested} ${converged}; ` +
    `${counted(deadNeurons, "dead neuron")}, ${counted(deadLayers, "dead layer")}`
  );
}
