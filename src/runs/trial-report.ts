/** Everything that `lrn trial` says of one training. */

import { counted } from "../counted.js";
import type { Engine } from "../engines/contract.js";
import { cellName } from "../model/cells.js";
import { type Dataset, DOMAIN, makeDataset } from "../model/dataset.js";
import { type DeadNeurons, findDeadNeurons } from "../model/dead-neurons.js";
import { findDeadOnDomain } from "../model/dead-on-domain.js";
import {
  hasConverged,
  type Outcome,
  outcomeOf,
  rmsePerEpoch,
  type Training,
  unstandardized,
} from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import type { Palette } from "../output/palette.js";
import { lossChart } from "../output/tables/text-loss-chart.js";
import { networkDrawing, predictionTable } from "../output/tables/trial-view.js";
import { wrapped } from "../output/wrapped.js";
import { trialKey } from "../sweep/trial-key.js";

export interface TrialReport {
  readonly key: string;
  readonly engine: Engine;
  readonly trial: Trial;
  readonly dataset: Dataset;
  readonly training: Training;
  readonly outcome: Outcome;
  /** The largest final RMSE of a converged trial, in original units. */
  readonly threshold: number;
  readonly converged: boolean;
  readonly dead: DeadNeurons;
  /** Null where the training diverged, or where it cannot be decided exactly. */
  readonly deadOnDomain: DeadNeurons | null;
}

/** @param threshold the largest RMSE of a converged trial, in original units */
export async function trainForReport(
  engine: Engine,
  trial: Trial,
  threshold: number,
): Promise<TrialReport> {
  const [training] = await engine.train({ trials: [trial], recordLosses: true });
  const dataset = makeDataset(trial.dataset);
  const outcome = outcomeOf(trial, dataset, training);
  const dead = findDeadNeurons(trial, training.activations);
  return {
    key: trialKey(trial, engine.numerics),
    engine,
    trial,
    dataset,
    training,
    outcome,
    threshold,
    converged: hasConverged(outcome, threshold),
    dead,
    deadOnDomain:
      outcome.state === "trained"
        ? (findDeadOnDomain(trial, training.parameters, dataset.inputDomains, dead) ?? null)
        : null,
  };
}

/** A number that overflowed is null: JSON has neither NaN nor infinity. */
export function jsonReport(report: TrialReport): string {
  const { key, engine, trial, dataset, training, outcome, converged } = report;
  const content = {
    key,
    trial,
    engine: { name: engine.name, numerics: engine.numerics, backend: engine.backend },
    outcome,
    converged,
    parameters: { initial: [...training.initial], final: [...training.parameters] },
    lossPerEpoch: [...(training.losses ?? [])],
    rmsePerEpoch: [...rmsePerEpoch(dataset, training.losses!)],
    samples: {
      x: [...dataset.x],
      targets: [...dataset.t],
      predictions: [...unstandardized(dataset, training.predictions)],
    },
    deadNeurons: report.dead.mask,
    deadOnDomain: report.deadOnDomain?.mask ?? null,
  };
  return JSON.stringify(content, null, 2);
}

/** @param columns how many characters a line of the terminal has */
export function textReport(report: TrialReport, colours: Palette, columns: number): string {
  const { trial, dataset, training, threshold, dead } = report;
  return [
    headline(report, colours, columns),
    lossChart(rmsePerEpoch(dataset, training.losses!), threshold, columns),
    predictionTable(dataset, unstandardized(dataset, training.predictions)),
    networkDrawing(trial, dead, colours, columns),
  ].join("\n\n");
}

function headline(
  { trial, outcome, converged, key }: TrialReport,
  colours: Palette,
  columns: number,
): string {
  const what = `${cellName(trial)}; seed ${trial.seed}`;
  return [
    wrapped(colours.bold(what), columns),
    verdict(outcome, converged, colours),
    colours.dim(`key ${key}`),
  ].join("\n");
}

function verdict(outcome: Outcome, converged: boolean, colours: Palette): string {
  if (outcome.state !== "trained") return colours.red("Diverged: its numbers overflowed.");
  const { finalRmse, deadNeurons, deadLayers, deadOnDomain } = outcome;
  const word = converged ? colours.green("Converged") : colours.red("Did not converge");
  const dead = `${counted(deadNeurons, "dead neuron")}, ${counted(deadLayers, "dead layer")}`;
  const onDomain =
    deadNeurons === 0 || deadOnDomain === undefined
      ? ""
      : `\nDead on all of [${DOMAIN.join(", ")}], not only at the samples: ${deadOnDomain} of ${deadNeurons}.`;
  return `${word}: final RMSE ${finalRmse.toPrecision(4)}; ${dead}.${onDomain}`;
}
