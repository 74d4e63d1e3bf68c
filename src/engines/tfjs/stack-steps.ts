/** What the steps of a stack's training see, as tensors. */
import type { Dataset } from "../../model/dataset.js";
import type { Trial } from "../../model/trial.js";
import { passOrders, samplesOfEpoch, shuffles, stepsPerPass } from "../steps.js";
import { tf } from "./tensorflow-js.js";

/** What one step sees: [1, samples of the step, inputs or outputs], or where trials differ, [trials, ...]. */
export interface Step {
  readonly inputs: tf.Tensor3D;
  readonly targets: tf.Tensor3D;
}

export interface Steps {
  /** What an epoch sees; epochs are asked for in their order, within a tidy. */
  at(epoch: number): Step;
  dispose(): void;
}

export function stackSteps(trials: readonly Trial[], dataset: Dataset): Steps {
  return shuffles(trials[0]) ? shuffledSteps(trials, dataset) : sameSteps(trials[0], dataset);
}

/** All trials see the same, pass after pass: the tensors of one pass are kept. */
function sameSteps(trial: Trial, dataset: Dataset): Steps {
  const order = passOrders(trial, dataset.samples)();
  const steps = Array.from({ length: stepsPerPass(trial, dataset.samples) }, (_, epoch) =>
    stepOf(dataset, [order.subarray(...samplesOfEpoch(trial, dataset.samples, epoch))]),
  );
  return {
    at: (epoch) => steps[epoch % steps.length],
    dispose: () => tf.dispose(steps.map(({ inputs, targets }) => [inputs, targets])),
  };
}

/** Each trial sees mini-batches in an order of its own; the tidy that a step is asked for in disposes it. */
function shuffledSteps(trials: readonly Trial[], dataset: Dataset): Steps {
  const nextOrders = trials.map((trial) => passOrders(trial, dataset.samples));
  let orders: Int32Array[] = [];
  return {
    at(epoch) {
      const [begin, end] = samplesOfEpoch(trials[0], dataset.samples, epoch);
      if (begin === 0) orders = nextOrders.map((next) => next());
      return stepOf(
        dataset,
        orders.map((order) => order.subarray(begin, end)),
      );
    },
    dispose: () => {},
  };
}

/** @param seen the samples that each trial sees, in its order; of all trials where there is but one */
function stepOf({ samples, inputs, targets }: Dataset, seen: readonly Int32Array[]): Step {
  const tensor = (values: Float32Array) => {
    const columns = values.length / samples;
    const shape: [number, number, number] = [seen.length, seen[0].length, columns];
    const rows = new Float32Array(tf.util.sizeFromShape(shape));
    let row = 0;
    for (const order of seen) {
      for (const s of order) {
        rows.set(values.subarray(s * columns, (s + 1) * columns), row);
        row += columns;
      }
    }
    return tf.tensor3d(rows, shape);
  };
  return { inputs: tensor(inputs), targets: tensor(targets) };
}
