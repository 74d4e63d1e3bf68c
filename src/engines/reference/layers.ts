/**
 * The parts of a network for one sample, each forward with its backward. dq stands for dL/dq.
 * `round` follows every operation: this is where the order of operations is fixed.
 */
import type { LinearLayout } from "../../model/layout.js";
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

/** h = z < 0 ? 0 : z, in place. NaN stays NaN, so that an overflow shows. */
export function relu(z: Reals): void {
  for (let i = 0; i < z.length; i++) if (z[i] < 0) z[i] = 0;
}

/** dz = h > 0 ? dh : 0, in place. The derivative at 0 is 0. */
export function reluBackward(h: Reals, dh: Reals): void {
  for (let i = 0; i < h.length; i++) if (!(h[i] > 0)) dh[i] = 0;
}
