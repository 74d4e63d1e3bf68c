/** Forward and backward pass of all networks, each by the fastest code that there is for it. */
import { RELU } from "../src/engines/fused/codes";
import { get, set } from "./lanes";
import { backwardLayers, forwardLayers } from "./layers";
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
import { firstReadOf, outputBiasesAt, predictionOf, rowOf } from "./places";
import { backwardUnrolled } from "./unrolled-backward";
import { forwardUnrolled } from "./unrolled-forward";

let unrolled: bool = false;

/** Chooses the passes for the networks in memory: those of the thesis have their own. */
export function choosePasses(): void {
  const last = rowOf(depth - 1);
  unrolled =
    activation == RELU && inputCount == 1 && outputCount == 1 && !addsUp && !keepsHidden &&
    (width == 2 || width == 4) && firstReadOf(last) == depth - 2 && firstReadOf(rowOf(depth)) >= 0;
}

/** y of samples begin…end-1; their activations stay in memory. */
export function forward(begin: i32, end: i32): void {
  if (!unrolled) return forwardLayers(begin, end);
  const bias = get(outputBiasesAt(parameters), 0);
  const stop = predictionOf(end);
  for (let y = predictionOf(begin); y < stop; y += LANES) set(y, 0, bias);
  if (width == 2) forward2(begin, end);
  else forward4(begin, end);
}

/** All gradients but that of the output biases, from dL/dy of samples begin…end-1. */
export function backward(begin: i32, end: i32): void {
  if (!unrolled) backwardLayers(begin, end);
  else if (width == 2) backward2(begin, end);
  else backward4(begin, end);
}

// A function for each width, so that V8 compiles no other.
function forward2(begin: i32, end: i32): void {
  end - begin == 1 ? forwardOneSample(2, begin) : forwardUnrolled(2, begin, end);
}
function forward4(begin: i32, end: i32): void {
  end - begin == 1 ? forwardOneSample(4, begin) : forwardUnrolled(4, begin, end);
}
function backward2(begin: i32, end: i32): void {
  end - begin == 1 ? backwardOneSample(2, begin) : backwardUnrolled(2, begin, end);
}
function backward4(begin: i32, end: i32): void {
  end - begin == 1 ? backwardOneSample(4, begin) : backwardUnrolled(4, begin, end);
}
