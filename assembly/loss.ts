/** The loss of a step and its gradients; see src/engines/reference/loss.ts. */
import { add, addProduct, elements, get, mul, set } from "./lanes";
import { outputBiasesAt } from "./layer-table";
import { judge, look, stepsLook } from "./looks";
import { gradients, LANES, losses, outputCount, seenTargets } from "./memory";
import {
  onlyPredictionGradientOf,
  onlyPredictionOf,
  predictionGradientOf,
  predictionOf,
} from "./places";

// @ts-ignore: decorator
@inline
function keepLoss(epoch: i32, squares: v128, n: f32): void {
  if (losses != 0) set(losses, epoch, f32x4.div(squares, f32x4.splat(n)));
}

/**
 * dL/dy = 2(y - t)/n of samples begin…end-1 and their outputs, n of them, its sums as the output biases'
 * gradients, and L = Σ(y - t)²/n where it is recorded.
 */
export function lossGradients(epoch: i32, begin: i32, end: i32): void {
  const n = <f32>((end - begin) * outputCount);
  const scale = f32x4.splat(<f32>2 / n);
  const biases = outputBiasesAt(gradients);
  let squares = f32x4.splat(0);
  let t = seenTargets + elements(begin * outputCount);
  let y = predictionOf(begin);
  let to = predictionGradientOf(begin);
  for (let k = 0; k < outputCount; k++) set(biases, k, f32x4.splat(0));
  for (let left = end - begin; left > 0; left--) {
    for (let k = 0; k < outputCount; k++, y += LANES, t += LANES, to += LANES) {
      const error = f32x4.sub(get(y, 0), get(t, 0));
      const dy = mul(error, scale);
      set(to, 0, dy);
      set(biases, k, add(get(biases, k), dy));
      squares = addProduct(squares, error, error);
    }
  }
  keepLoss(epoch, squares, n);
  if (stepsLook) look(epoch);
}

/** The same for networks of one output, whose errors all count the same in a look. */
export function lossGradientsOfOne(epoch: i32, begin: i32, end: i32): void {
  const n = <f32>(end - begin);
  const scale = f32x4.splat(<f32>2 / n);
  let biasGradient = f32x4.splat(0);
  let squares = f32x4.splat(0);
  let y = onlyPredictionOf(begin);
  let t = seenTargets + elements(begin);
  let to = onlyPredictionGradientOf(begin);
  for (const stop = onlyPredictionOf(end); y < stop; y += LANES, t += LANES, to += LANES) {
    const error = f32x4.sub(get(y, 0), get(t, 0));
    const dy = mul(error, scale);
    set(to, 0, dy);
    biasGradient = add(biasGradient, dy);
    squares = addProduct(squares, error, error);
  }
  set(outputBiasesAt(gradients), 0, biasGradient);
  keepLoss(epoch, squares, n);
  if (stepsLook) judge(epoch, f32x4.div(squares, f32x4.splat(n)));
}
