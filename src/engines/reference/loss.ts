/** Mean squared error and its gradients over the samples of one step. */
import type { Dataset } from "../../model/dataset.js";
import { backward, forward, type Workspace } from "./network.js";
import type { Precision, Reals } from "./precision.js";

/**
 * L = Σ_s (y_s - t_s)²/n, so dL/dy_s = 2(y_s - t_s)/n. Sums run over the samples in their order.
 *
 * @param samples which samples the step sees: [begin, end)
 * @param gradients [count], overwritten with dL/dp
 * @returns L
 */
export function lossAndGradients(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  { inputs, targets }: Pick<Dataset, "inputs" | "targets">,
  [begin, end]: readonly [number, number],
  gradients: Reals,
): number {
  const { round } = precision;
  const n = end - begin;
  const scale = round(2 / n);
  const dy = precision.zeros(1);
  let squares = 0;
  gradients.fill(0);
  for (let s = begin; s < end; s++) {
    const error = round(forward(precision, space, parameters, inputs[s]) - targets[s]);
    squares = round(squares + round(error * error));
    dy[0] = round(error * scale);
    backward(precision, space, parameters, dy, gradients);
  }
  return round(squares / n);
}
