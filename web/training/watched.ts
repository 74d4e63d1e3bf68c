/** One training as the page shows it: how far it had come after some epochs. */
import type { Engine } from "../../src/engines/contract.js";
import { type Dataset, makeDataset } from "../../src/model/dataset.js";
import { countDead, type DeadNeurons, deadMasks } from "../../src/model/dead-neurons.js";
import { type NeuronState, neuronStates } from "../../src/model/neuron-states.js";
import {
  type Outcome,
  outcomeOf,
  rmsePerEpoch,
  type Training,
  unstandardized,
} from "../../src/model/outcome.js";
import type { Trial } from "../../src/model/trial.js";

export interface Watched {
  readonly trial: Trial;
  /** After how many epochs of `trial.epochs` this is. */
  readonly epoch: number;
  readonly parameters: Float32Array;
  /** In original units, [samples, outputs]. */
  readonly predictions: Float64Array;
  readonly outcome: Outcome;
  readonly dead: DeadNeurons;
  /** [depth][width] */
  readonly states: readonly (readonly NeuronState[])[];
  /** √loss in original units of what each step saw, before it, [epoch]. */
  readonly rmse: Float64Array;
}

/**
 * A training of fewer epochs is the beginning of a longer one, so a network is looked at after some of its epochs by
 * training it for as many.
 *
 * @param threshold the largest final RMSE of a converged trial, in original units
 * @param epoch from 0, which is before the first step, to the trial's epochs
 */
export async function watch(
  engine: Engine,
  trial: Trial,
  epoch: number,
  threshold: number,
): Promise<Watched> {
  const epochs = Math.max(1, epoch);
  const [training] = await engine.train({
    trials: [{ ...trial, epochs }],
    recordLosses: true,
    threshold,
  });
  const dataset = makeDataset(trial.dataset);
  return watched(trial, epoch, epoch === 0 ? atStart(training) : training, dataset);
}

function atStart({ initial, atStart: start, testPredictions: _, ...rest }: Training): Training {
  return {
    ...rest,
    ...start,
    initial,
    parameters: initial,
    atStart: start,
    losses: new Float32Array(0),
  };
}

function watched(trial: Trial, epoch: number, training: Training, dataset: Dataset): Watched {
  const { parameters, activations, predictions, losses } = training;
  const masks = deadMasks(trial, parameters, activations);
  return {
    trial,
    epoch,
    parameters,
    predictions: unstandardized(dataset, predictions),
    outcome: outcomeOf(trial, dataset, training),
    dead: countDead(masks.dead),
    states: neuronStates(masks.dead, masks.constant),
    rmse: rmsePerEpoch(dataset, losses!),
  };
}
