/** Forward and backward pass of all widths, each by the fastest code that there is for it. */
import { Activation } from "./activations";
import { backwardAny, forwardAny } from "./any-width";
import { get, set } from "./lanes";
import { LANES, parameters, width } from "./memory";
import { backwardOneSample, forwardOneSample } from "./one-sample";
import { outputBiasAt, predictionOf } from "./places";
import { backwardUnrolled } from "./unrolled-backward";
import { forwardUnrolled } from "./unrolled-forward";

/** y of samples begin…end-1; their activations stay in memory. */
export function forward<A extends Activation>(begin: i32, end: i32): void {
  const bias = get(outputBiasAt(parameters), 0);
  const stop = predictionOf(end);
  for (let y = predictionOf(begin); y < stop; y += LANES) set(y, 0, bias);
  if (width == 2) forward2<A>(begin, end);
  else if (width == 4) forward4<A>(begin, end);
  else forwardAny<A>(begin, end);
}

/** All gradients but that of the output bias, from dL/dy of samples begin…end-1. */
export function backward<A extends Activation>(begin: i32, end: i32): void {
  if (width == 2) backward2<A>(begin, end);
  else if (width == 4) backward4<A>(begin, end);
  else backwardAny<A>(begin, end);
}

// A function for each width, so that V8 compiles no other.
function forward2<A extends Activation>(begin: i32, end: i32): void {
  end - begin == 1 ? forwardOneSample<A>(2, begin) : forwardUnrolled<A>(2, begin, end);
}
function forward4<A extends Activation>(begin: i32, end: i32): void {
  end - begin == 1 ? forwardOneSample<A>(4, begin) : forwardUnrolled<A>(4, begin, end);
}
function backward2<A extends Activation>(begin: i32, end: i32): void {
  end - begin == 1 ? backwardOneSample<A>(2, begin) : backwardUnrolled<A>(2, begin, end);
}
function backward4<A extends Activation>(begin: i32, end: i32): void {
  end - begin == 1 ? backwardOneSample<A>(4, begin) : backwardUnrolled<A>(4, begin, end);
}
