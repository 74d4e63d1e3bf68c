/**
 * The parts of a network for one sample, each forward with its backward. dq stands for dL/dq.
 * `round` follows every operation: this is where the order of operations is fixed.
 */
import type { LinearLayout } from "../../model/layout.js";
import type { ActivationFunction } from "./activation-functions.js";
import type { Precision, Reals } from "./precision.js";

/**
 * z_j = b_j + Σ_i w_ji·x_i
 *
 * @param parameters [count]
 * @param x [inputs]
 * @param z [outputs], written
 */
export function linear(
  { round }: Precision,
  layer: LinearLayout,
  parameters: Reals,
  x: Reals,
  z: Reals,
): void {
  for (let j = 0; j < layer.outputs; j++) {
    const row = layer.weights + j * layer.inputs;
    let sum = parameters[layer.biases + j];
    for (let i = 0; i < layer.inputs; i++) sum = round(sum + round(parameters[row + i] * x[i]));
    z[j] = sum;
  }
}

/**
 * dw_ji += dz_j·x_i, db_j += dz_j, dx_i += Σ_j w_ji·dz_j
 *
 * @param dz [outputs]
 * @param gradients [count], added to
 * @param dx [inputs], added to
 */
export function linearBackward(
  { round }: Precision,
  layer: LinearLayout,
  parameters: Reals,
  x: Reals,
  dz: Reals,
  gradients: Reals,
  dx: Reals,
): void {
  for (let j = 0; j < layer.outputs; j++) {
    const row = layer.weights + j * layer.inputs;
    for (let i = 0; i < layer.inputs; i++) {
      gradients[row + i] = round(gradients[row + i] + round(dz[j] * x[i]));
      dx[i] = round(dx[i] + round(parameters[row + i] * dz[j]));
    }
    gradients[layer.biases + j] = round(gradients[layer.biases + j] + dz[j]);
  }
}

/**
 * h_j = f(z_j)
 *
 * @param h [neurons], written
 */
export function activate({ value }: ActivationFunction, z: Reals, h: Reals): void {
  for (let j = 0; j < z.length; j++) h[j] = value(z[j]);
}

/**
 * dz_j = f'(z_j)·dh_j, in place. Where a slope is learned, its gradient is the sum over the neurons.
 *
 * @param dh [neurons], becomes dz
 * @param slope where among the gradients that of the slope stands, if there is one
 */
export function activateBackward(
  { round }: Precision,
  { backward, slopeGradient }: ActivationFunction,
  z: Reals,
  h: Reals,
  dh: Reals,
  gradients: Reals,
  slope: number | undefined,
): void {
  for (let j = 0; j < z.length; j++) {
    if (slope !== undefined && slopeGradient) {
      gradients[slope] = round(gradients[slope] + slopeGradient(dh[j], z[j]));
    }
    dh[j] = backward(dh[j], z[j], h[j]);
  }
}
