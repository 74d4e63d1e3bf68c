/** What a trial gave. */
import { type Dataset, unscaled } from "./dataset.js";
import { DEAD_COUNTS, type DeadCount, deadCounts, type TrainedNetwork } from "./dead-counts.js";
import { findDeadNeurons } from "./dead-neurons.js";
import { findDeadOnDomain } from "./dead-on-domain.js";
import { firstLayerRmse } from "./first-layer-readout.js";
import type { Network } from "./trial.js";

/** Everything that an engine knows of one training after its last step. */
export interface Training extends TrainedNetwork {
  /** Scaled predictions for the dataset's test points, where it has such: [test samples, outputs]. */
  readonly testPredictions?: Float32Array;
  /** Mean squared error of what each step saw, before that step, [epochs]; only where asked for. */
  readonly losses?: Float32Array;
  /** Only where a threshold was given. */
  readonly under?: UnderThreshold;
  /**
   * Milliseconds that the training took, parameters and memory made ready before. Networks that an
   * engine trains in step with each other take their time together; each has an equal part of it.
   */
  readonly trainMs: number;
}

/** Since when a network is under a threshold, should it be so at the end, which the final RMSE says. */
export interface UnderThreshold {
  /** An RMSE in original units. */
  readonly threshold: number;
  /** Epochs done at the first look from which on the RMSE was at or under it at every look before the end. */
  readonly from: number;
}

/**
 * `diverged`: a parameter or a prediction overflowed. `failed`: the engine broke; `reason` says how.
 * No field is ever NaN or infinite.
 */
export type Outcome =
  | ({
      readonly state: "trained";
      /** Root mean squared error over all samples and outputs, in original units. */
      readonly finalRmse: number;
      /** On the samples, as the thesis counts them. */
      readonly deadNeurons: number;
      readonly deadLayers: number;
      /** The threshold that `epochsToConverge` is of, or would be had it converged. */
      readonly thresholdRmse?: number;
    } & LaterNumbers)
  | { readonly state: "diverged" }
  | { readonly state: "failed"; readonly reason: string };

/**
 * What is known of every trained trial, but of those that a store had before its version 2, and but for
 * four: `testRmse` there is where the dataset has test points, `deadOnDomain`, how many of the dead
 * neurons put out 0 on the whole domain, where that can be decided exactly, `firstLayerRmse`, the least
 * that a linear output of the first hidden layer alone would have, in trials that version 6 or a later one kept,
 * and `epochsToConverge`, from which epoch on the RMSE stayed at or under `thresholdRmse`, in those that
 * version 7 or a later one kept and that end so; read it by `numberOf`.
 */
export type LaterNumbers = { readonly [Name in LaterNumber]?: number };
export type LaterNumber =
  | "deadOnDomain"
  | "testRmse"
  | DeadCount
  | "firstLayerRmse"
  | "epochsToConverge";

/** In the order of the store's columns, which none may ever come before or between. */
export const LATER_NUMBERS: readonly LaterNumber[] = [
  "deadOnDomain",
  "testRmse",
  ...DEAD_COUNTS,
  "firstLayerRmse",
  "epochsToConverge",
];

/** A number of a trained trial. */
export type NumberName = "finalRmse" | "deadNeurons" | "deadLayers" | LaterNumber;

/** What a number is of: an error is in original units, all others are counts, of a network 0 or 1. */
export type NumberOf = "error" | "neurons" | "layers" | "network" | "epochs";

export const NUMBERS_OF: Readonly<Record<NumberName, NumberOf>> = {
  finalRmse: "error",
  deadNeurons: "neurons",
  deadLayers: "layers",
  deadOnDomain: "neurons",
  testRmse: "error",
  deadNeuronsBorn: "neurons",
  deadNeuronsRevived: "neurons",
  deadLayersBorn: "layers",
  deadLayersRevived: "layers",
  constantNeurons: "neurons",
  constantNeuronsBorn: "neurons",
  constantNeuronsRevived: "neurons",
  constantLayers: "layers",
  constantLayersBorn: "layers",
  constantLayersRevived: "layers",
  noGradientNeurons: "neurons",
  noGradientNeuronsBorn: "neurons",
  noGradientNeuronsRevived: "neurons",
  noGradientLayers: "layers",
  noGradientLayersBorn: "layers",
  noGradientLayersRevived: "layers",
  collapsed: "network",
  collapsedBorn: "network",
  firstLayerRmse: "error",
  epochsToConverge: "epochs",
};

/** In original units, and not a count. */
export function isRmse(name: LaterNumber): boolean {
  return NUMBERS_OF[name] === "error";
}

/** Whether only trials that converged have it, by the one threshold that stands beside it: `thresholdRmse`. */
export function isOfOneThreshold(name: NumberName): boolean {
  return name === "epochsToConverge";
}

/** `dead_neurons_born` */
export function columnOfNumber(name: NumberName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `dead_neurons_born_mean`: over the trained trials of a cell that have the number. */
export function meanColumnOf(name: LaterNumber): string {
  return `${columnOfNumber(name)}_mean`;
}

export type OutcomeState = Outcome["state"];

/**
 * Judges a training. What counts as converged is no part of it: a threshold is applied when reading. Only the
 * epochs to converge are of one threshold, that of the training.
 */
export function outcomeOf(
  network: Network,
  dataset: Dataset,
  training: Omit<Training, "losses" | "trainMs">,
): Outcome {
  const finalRmse = rmse(dataset, training.predictions);
  const { testPredictions, under } = training;
  const testRmse =
    dataset.test && testPredictions
      ? rmseAt(dataset.test.t, testPredictions, dataset.targetScalings)
      : undefined;
  const errors = testRmse === undefined ? [finalRmse] : [finalRmse, testRmse];
  if (![...errors, ...training.parameters].every(Number.isFinite)) return { state: "diverged" };
  const dead = findDeadNeurons(network, training.activations);
  const firstLayer = firstLayerRmse(network, dataset, training.activations);
  const onDomain = findDeadOnDomain(network, training.parameters, dataset.inputDomains, dead);
  return {
    state: "trained",
    finalRmse,
    deadNeurons: dead.neurons,
    deadLayers: dead.layers,
    ...(onDomain && { deadOnDomain: onDomain.neurons }),
    ...(testRmse !== undefined && { testRmse }),
    ...deadCounts(network, training),
    ...(firstLayer !== undefined && { firstLayerRmse: firstLayer }),
    ...(under && {
      ...(finalRmse <= under.threshold && { epochsToConverge: under.from }),
      thresholdRmse: under.threshold,
    }),
  };
}

/**
 * Whether a trial converged (thesis, section 3.3).
 *
 * @param threshold the largest RMSE of a converged trial, in original units
 */
export function hasConverged(outcome: Outcome, threshold: number): boolean {
  return outcome.state === "trained" && outcome.finalRmse <= threshold;
}

/**
 * A number of a trained trial as it is read with a threshold.
 *
 * @param threshold the largest RMSE of a converged trial, in original units
 * @returns undefined where the trial does not have it; epochs to converge also with another threshold than
 * the one they were taken down for
 */
export function numberOf<Name extends NumberName>(
  outcome: Extract<Outcome, { state: "trained" }>,
  name: Name,
  threshold: number,
): number | undefined {
  const isOfOther = isOfOneThreshold(name) && outcome.thresholdRmse !== threshold;
  return isOfOther ? undefined : outcome[name];
}

/** Whether a trial converged and its epochs to converge are known, but for another threshold. */
export function isOfOtherThreshold(outcome: Outcome, threshold: number): boolean {
  if (outcome.state !== "trained" || outcome.thresholdRmse === undefined) return false;
  return outcome.thresholdRmse !== threshold && hasConverged(outcome, threshold);
}

/** Predictions in original units, [samples, outputs]. */
export function unstandardized(
  { targetScalings }: Pick<Dataset, "targetScalings">,
  predictions: Float32Array,
): Float64Array {
  return Float64Array.from(predictions, (prediction, i) =>
    unscaled(prediction, targetScalings[i % targetScalings.length]),
  );
}

/** √(Σ(y - t)²/n) over samples and outputs, in original units; NaN or infinite where a prediction is. */
export function rmse(dataset: Dataset, predictions: Float32Array): number {
  return rmseAt(dataset.t, predictions, dataset.targetScalings);
}

function rmseAt(
  t: Float64Array,
  predictions: Float32Array,
  targetScalings: Dataset["targetScalings"],
): number {
  const y = unstandardized({ targetScalings }, predictions);
  const squares = y.reduce((total, value, i) => {
    const error = value - t[i];
    return total + error * error;
  }, 0);
  return Math.sqrt(squares / y.length);
}

/** What a standardized error of all outputs together is multiplied by: the root mean square of their deviations. */
export function commonDeviation(targetScalings: Dataset["targetScalings"]): number {
  const [{ deviation }] = targetScalings;
  if (targetScalings.length === 1) return deviation;
  const squares = targetScalings.reduce((sum, of) => sum + of.deviation ** 2, 0);
  return Math.sqrt(squares / targetScalings.length);
}

/**
 * What the thesis's loss curves show: √loss in original units, per epoch. Of several outputs it takes the
 * common deviation for all of them.
 */
export function rmsePerEpoch({ targetScalings }: Dataset, losses: Float32Array): Float64Array {
  const deviation = commonDeviation(targetScalings);
  return Float64Array.from(losses, (loss) => Math.sqrt(loss) * deviation);
}
