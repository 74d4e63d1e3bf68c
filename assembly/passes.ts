/** Forward and backward pass of all networks, each by the fastest code that there is for it. */
import { RELU } from "../src/engines/fused/codes";
import { Relu } from "./activations";
import { get, set } from "./lanes";
import { firstReadOf, outputBiasesAt, rowOf } from "./layer-table";
import { backwardLayers, forwardLayers } from "./layers";
import { lossGradients, lossGradientsOfOne } from "./loss";
import {
  activation,
  addsUp,
  depth,
  inputCount,
  keepsHidden,
  LANES,
  outputCount,
  parameters,
  width,
} from "./memory";
import { backwardOneSample, forwardOneSample } from "./one-sample";
import { onlyPredictionOf } from "./places";
import { backwardUnrolled } from "./unrolled-backward";
import { forwardUnrolled } from "./unrolled-forward";

let unrolled: bool = false;

/**
 * Chooses the passes for the networks in memory: those of the thesis have their own, which are compiled for ReLU
 * and its networks' shapes alone.
 */
export function choosePasses(): void {
  const last = rowOf(depth - 1);
  unrolled =
    activation == RELU && inputCount == 1 && outputCount == 1 && !addsUp && !keepsHidden &&
    (width == 2 || width == 4) && firstReadOf(last) == depth - 2 && firstReadOf(rowOf(depth)) >= 0;
}

/** y of samples begin…end-1; their activations stay in memory. */
export function forward(begin: i32, end: i32): void {
  if (unrolled) forwardThesis(begin, end);
  else forwardLayers(begin, end);
}

/** All gradients of the loss over samples begin…end-1, which epoch `epoch` sees, and that loss. */
export function lossAndGradients(epoch: i32, begin: i32, end: i32): void {
  if (!unrolled) {
    forwardLayers(begin, end);
    if (outputCount == 1) lossGradientsOfOne(epoch, begin, end);
    else lossGradients(epoch, begin, end);
    backwardLayers(begin, end);
    return;
  }
  forwardThesis(begin, end);
  lossGradientsOfOne(epoch, begin, end);
  if (width == 2) backward2(begin, end);
  else backward4(begin, end);
}

// @ts-ignore: decorator
@inline
function forwardThesis(begin: i32, end: i32): void {
  const bias = get(outputBiasesAt(parameters), 0);
  const stop = onlyPredictionOf(end);
  for (let y = onlyPredictionOf(begin); y < stop; y += LANES) set(y, 0, bias);
  if (width == 2) forward2(begin, end);
  else forward4(begin, end);
}

// A function for each width, so that V8 compiles no other.
function forward2(begin: i32, end: i32): void {
  end - begin == 1 ? forwardOneSample<Relu>(2, begin) : forwardUnrolled<Relu>(2, begin, end);
}
function forward4(begin: i32, end: i32): void {
  end - begin == 1 ? forwardOneSample<Relu>(4, begin) : forwardUnrolled<Relu>(4, begin, end);
}
function backward2(begin: i32, end: i32): void {
  end - begin == 1 ? backwardOneSample<Relu>(2, begin) : backwardUnrolled<Relu>(2, begin, end);
}
function backward4(begin: i32, end: i32): void {
  end - begin == 1 ? backwardOneSample<Relu>(4, begin) : backwardUnrolled<Relu>(4, begin, end);
}
