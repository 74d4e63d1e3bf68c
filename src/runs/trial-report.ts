/** Everything that `lrn trial` says of one training. */

import { counted, number } from "../counted.js";
import type { Engine } from "../engines/contract.js";
import { floatingPointOperations } from "../engines/cost.js";
import { cellName } from "../model/cells.js";
import { type Dataset, makeDataset } from "../model/dataset.js";
import { countDead, type DeadNeurons, deadMasks } from "../model/dead-neurons.js";
import { findDeadOnDomain } from "../model/dead-on-domain.js";
import { type NeuronState, neuronStates } from "../model/neuron-states.js";
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
import { visible } from "../output/visible.js";
import { wrapped } from "../output/wrapped.js";
import { trialKey } from "../sweep/trial-key.js";
import { againFields, againText, type ShownAgain } from "./shown-again.js";

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
  /** [depth][width] */
  readonly states: readonly (readonly NeuronState[])[];
  /** Null where the training diverged, or where it cannot be decided exactly. */
  readonly deadOnDomain: DeadNeurons | null;
}

/** @param threshold the largest RMSE of a converged trial, in original units */
export async function trainForReport(
  engine: Engine,
  trial: Trial,
  threshold: number,
): Promise<TrialReport> {
  const [training] = await engine.train({ trials: [trial], recordLosses: true, threshold });
  const dataset = makeDataset(trial.dataset);
  const outcome = outcomeOf(trial, dataset, training);
  const masks = deadMasks(trial, training.parameters, training.activations);
  const dead = countDead(masks.dead);
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
    states: neuronStates(masks.dead, masks.constant),
    deadOnDomain:
      outcome.state === "trained"
        ? (findDeadOnDomain(trial, training.parameters, dataset.inputDomains, dead) ?? null)
        : null,
  };
}

/**
 * A number that overflowed is null: JSON has neither NaN nor infinity.
 *
 * @param again of a stored trial that was trained again
 */
export function jsonReport(report: TrialReport, again?: ShownAgain): string {
  const { key, engine, trial, dataset, training, outcome, converged } = report;
  const content = {
    key,
    trial,
    engine: { name: engine.name, numerics: engine.numerics, backend: engine.backend },
    outcome,
    converged,
    ...(again && againFields(again)),
    parameters: { initial: [...training.initial], final: [...training.parameters] },
    operations: floatingPointOperations(trial),
    lossPerEpoch: [...(training.losses ?? [])],
    rmsePerEpoch: [...rmsePerEpoch(dataset, training.losses!)],
    samples: {
      x: rows(dataset.x, dataset.samples),
      targets: rows(dataset.t, dataset.samples),
      predictions: rows(unstandardized(dataset, training.predictions), dataset.samples),
    },
    deadNeurons: report.dead.mask,
    deadOnDomain: report.deadOnDomain?.mask ?? null,
  };
  return JSON.stringify(content, null, 2);
}

/** A number per sample, or of several inputs or outputs a list of them. */
function rows(values: Float64Array, samples: number): (number | number[])[] {
  const columns = values.length / samples;
  if (columns === 1) return [...values];
  return Array.from({ length: samples }, (_, s) => [
    ...values.subarray(s * columns, (s + 1) * columns),
  ]);
}

/**
 * @param columns how many characters a line of the terminal has
 * @param again of a stored trial that was trained again
 */
export function textReport(
  report: TrialReport,
  colours: Palette,
  columns: number,
  again?: ShownAgain,
): string {
  const { dataset, training, threshold } = report;
  return [
    headline(report, colours, columns),
    ...(again ? [againText(again, colours, columns)] : []),
    lossChart(rmsePerEpoch(dataset, training.losses!), threshold, columns),
    predictionTable(dataset, unstandardized(dataset, training.predictions)),
    networkDrawing(report.trial, report.states, colours, columns),
  ].join("\n\n");
}

function headline(report: TrialReport, colours: Palette, columns: number): string {
  const { trial, key } = report;
  const what = `${cellName(trial)}; seed ${trial.seed}`;
  return [
    wrapped(colours.bold(visible(what)), columns),
    wrapped(verdict(report, colours), columns),
    colours.dim(sizeText(report)),
    colours.dim(`key ${key}`),
  ].join("\n");
}

function sizeText({ trial, training }: TrialReport): string {
  const millions = Number((floatingPointOperations(trial) / 1e6).toPrecision(3));
  const parameters = counted(training.parameters.length, "parameter");
  return `${parameters}; trained by ${number(millions)} million floating-point operations`;
}

function verdict(
  { trial: { depth }, outcome, converged, dataset }: TrialReport,
  colours: Palette,
): string {
  if (outcome.state !== "trained") return colours.red("Diverged: its numbers overflowed.");
  const { finalRmse, testRmse, deadNeurons, deadLayers, deadOnDomain, firstLayerRmse } = outcome;
  const { epochsToConverge: epochs = 0 } = outcome;
  const word = converged
    ? colours.green(`Converged after ${counted(epochs, "epoch")}`)
    : colours.red("Did not converge");
  const dead = `${counted(deadNeurons, "dead neuron")}, ${counted(deadLayers, "dead layer")}`;
  const onDomain =
    deadNeurons === 0 || deadOnDomain === undefined
      ? ""
      : `\nDead on all of [${dataset.domains[0].join(", ")}], not only at the samples: ${deadOnDomain} of ${deadNeurons}.`;
  const tested = testRmse === undefined ? "" : `, ${testRmse.toPrecision(4)} at test points`;
  const readout =
    firstLayerRmse === undefined || depth === 1
      ? ""
      : `\nFirst hidden layer alone, with the output refitted: RMSE ${firstLayerRmse.toPrecision(4)}.`;
  return `${word}: final RMSE ${finalRmse.toPrecision(4)}${tested}; ${dead}.${onDomain}${deathsText(outcome)}${readout}`;
}

/** What the network was before its first step, and what the other definitions of dead say, where they say more. */
function deathsText(outcome: Outcome & { state: "trained" }): string {
  const { deadNeurons, deadNeuronsBorn: born = 0, deadNeuronsRevived: revived = 0 } = outcome;
  const { constantNeurons = 0, noGradientNeurons = 0, collapsed, collapsedBorn } = outcome;
  const lines = [
    ...(born + deadNeurons > 0
      ? [`Born dead: ${born}; died: ${deadNeurons - born + revived}; revived: ${revived}.`]
      : []),
    ...(constantNeurons + noGradientNeurons > 0
      ? [
          `The same on every sample: ${counted(constantNeurons, "neuron")}; ` +
            `reached by no gradient: ${noGradientNeurons}.`,
        ]
      : []),
    ...(collapsed
      ? [
          `The network puts out the same for every sample${collapsedBorn ? ", and did so from the start" : ""}.`,
        ]
      : []),
  ];
  return lines.map((line) => `\n${line}`).join("");
}
