/**
 * Since when is the loss over all samples at or under a limit? It is looked at before the first step and after
 * every pass through the samples, and the last look kept at which a network was above; see src/engines/looks.ts.
 */
import { addProduct, get, mul, set } from "./lanes";
import {
  errorWeights,
  LANES,
  lastAbove,
  looks,
  lossLimit,
  outputCount,
  samples,
  samplesPerStep,
  shuffles,
  targets,
} from "./memory";
import { predictionOf } from "./places";

/** Whether each step sees all samples in their order, so that it looks by itself. */
export let stepsLook: bool = false;

export function startLooking(): void {
  stepsLook = looks && samplesPerStep == samples && !shuffles;
  set(lastAbove, 0, i32x4.splat(-1));
}

/** Takes down which networks are above the limit, or NaN, with this loss before epoch `epoch`. */
// @ts-ignore: decorator
@inline
export function judge(epoch: i32, loss: v128): void {
  const under = f32x4.le(loss, get(lossLimit, 0));
  set(lastAbove, 0, v128.bitselect(get(lastAbove, 0), i32x4.splat(epoch), under));
}

/** The same with the loss of the predictions in memory, which are of all samples. */
export function look(epoch: i32): void {
  let squares = f32x4.splat(0);
  let y = predictionOf(0);
  let t = targets;
  for (let left = samples; left > 0; left--) {
    for (let k = 0; k < outputCount; k++, y += LANES, t += LANES) {
      const error = mul(f32x4.sub(get(y, 0), get(t, 0)), get(errorWeights, k));
      squares = addProduct(squares, error, error);
    }
  }
  judge(epoch, f32x4.div(squares, f32x4.splat(<f32>(samples * outputCount))));
}

/** The `skipped` epochs from `epoch` on repeat, again and again, the `period` epochs before it. */
export function repeatLooks(epoch: i32, period: i32, skipped: i32): void {
  const last = get(lastAbove, 0);
  const isRepeated = i32x4.ge_s(last, i32x4.splat(epoch - period));
  set(lastAbove, 0, i32x4.add(last, v128.and(isRepeated, i32x4.splat(skipped))));
}
