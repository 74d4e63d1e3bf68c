/** Mean squared error and its gradients over the samples of one step. */
import type { Dataset } from "../../model/dataset.js";
import { backward, forward, type Workspace } from "./network.js";
import type { Precision, Reals } from "./precision.js";

/**
 * L = Σ (y - t)²/n over the samples and their outputs, n of them, so dL/dy = 2(y - t)/n. Sums run over
 * the samples in the order that the step sees them in, and of each over its outputs.
 *
 * @param seen the samples of the step, in its order
 * @param gradients [count], overwritten with dL/dp
 * @returns L
 */
export function lossAndGradients(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  { inputs, targets, samples }: Pick<Dataset, "inputs" | "targets" | "samples">,
  seen: Int32Array,
  gradients: Reals,
): number {
  const { round } = precision;
  const ins = inputs.length / samples;
  const outs = targets.length / samples;
  const n = seen.length * outs;
  const scale = round(2 / n);
  const dy = precision.zeros(outs);
  let squares = 0;
  gradients.fill(0);
  for (const s of seen) {
    const y = forward(precision, space, parameters, inputs.subarray(s * ins, (s + 1) * ins));
    for (let k = 0; k < outs; k++) {
      const error = round(y[k] - targets[s * outs + k]);
      squares = round(squares + round(error * error));
      dy[k] = round(error * scale);
    }
    backward(precision, space, parameters, dy, gradients);
  }
  return round(squares / n);
}

/**
 * Σ (w(y - t))²/n over all samples, in their order, and of each over its outputs, n of them: the loss, where
 * every weight is 1.
 *
 * @param weights [outputs]
 */
export function weightedLoss(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  { inputs, targets, samples }: Pick<Dataset, "inputs" | "targets" | "samples">,
  weights: Float32Array,
): number {
  const { round } = precision;
  const ins = inputs.length / samples;
  const outs = weights.length;
  let squares = 0;
  for (let s = 0; s < samples; s++) {
    const y = forward(precision, space, parameters, inputs.subarray(s * ins, (s + 1) * ins));
    for (let k = 0; k < outs; k++) {
      const error = round(round(y[k] - targets[s * outs + k]) * weights[k]);
      squares = round(squares + round(error * error));
    }
  }
  return round(squares / (samples * outs));
}
