/**
 * Forward pass of networks of width 2 or 4, unrolled. `W` is that width and `I` the number of a
 * layer's inputs, 1 or `W`; both are constants to the compiler, as `j` and `toOutput` are. Layer by
 * layer with the samples in the inner loop, so that weights stay in registers: those of two neurons
 * at a time, `j` and `j + 1`.
 */
import { Activation, valueOf } from "./activations";
import { addProduct, elements, get, set } from "./lanes";
import { biasesAt, isRead, outputWeightsAt, ROW, rowOf, weightsAt } from "./layer-table";
import { depth, frozenLayers, LANES, parameters, samples } from "./memory";
import { activationsOf, onlyInputOf, onlyPredictionOf } from "./places";

/** h = f(b + w·g) of two neurons; g is what the layer reads. With `toOutput` also y += u·h. */
// @ts-ignore: decorator
@inline
function forwardPair<A extends Activation>(
  W: i32, I: i32, j: i32, toOutput: bool, row: usize, g: usize, h: usize, y: usize, count: i32,
): void {
  const w = weightsAt(parameters, row) + elements(j * I);
  const w00 = get(w, 0), w01 = I > 1 ? get(w, 1) : w00;
  const w02 = I > 2 ? get(w, 2) : w00, w03 = I > 2 ? get(w, 3) : w00;
  const w10 = get(w, I), w11 = I > 1 ? get(w, I + 1) : w00;
  const w12 = I > 2 ? get(w, I + 2) : w00, w13 = I > 2 ? get(w, I + 3) : w00;
  const b = biasesAt(parameters, row);
  const b0 = get(b, j);
  const b1 = get(b, j + 1);
  const u = outputWeightsAt(parameters, row);
  const u0 = toOutput ? get(u, j) : w00;
  const u1 = toOutput ? get(u, j + 1) : w00;
  h += elements(j);
  for (const stop = g + elements(count * I); g < stop; g += elements(I), h += elements(W)) {
    const g0 = get(g, 0);
    let z0 = addProduct(b0, w00, g0);
    let z1 = addProduct(b1, w10, g0);
    if (I > 1) {
      const g1 = get(g, 1);
      z0 = addProduct(z0, w01, g1);
      z1 = addProduct(z1, w11, g1);
    }
    if (I > 2) {
      const g2 = get(g, 2);
      z0 = addProduct(z0, w02, g2);
      z1 = addProduct(z1, w12, g2);
      const g3 = get(g, 3);
      z0 = addProduct(z0, w03, g3);
      z1 = addProduct(z1, w13, g3);
    }
    const h0 = valueOf<A>(z0);
    const h1 = valueOf<A>(z1);
    set(h, 0, h0);
    set(h, 1, h1);
    if (toOutput) {
      set(y, 0, addProduct(addProduct(get(y, 0), u0, h0), u1, h1));
      y += LANES;
    }
  }
}

/** y += u·h of the four neurons of a layer. */
// @ts-ignore: decorator
@inline
function addToOutput(row: usize, h: usize, y: usize, count: i32): void {
  const u = outputWeightsAt(parameters, row);
  const u0 = get(u, 0);
  const u1 = get(u, 1);
  const u2 = get(u, 2);
  const u3 = get(u, 3);
  for (const stop = y + elements(count); y < stop; y += LANES, h += elements(4)) {
    const two = addProduct(addProduct(get(y, 0), u0, get(h, 0)), u1, get(h, 1));
    set(y, 0, addProduct(addProduct(two, u2, get(h, 2)), u3, get(h, 3)));
  }
}

// @ts-ignore: decorator
@inline
function forwardLayer<A extends Activation>(
  W: i32, I: i32, row: usize, g: usize, h: usize, y: usize, count: i32,
): void {
  const read = isRead(row);
  if (W == 2) {
    if (read) forwardPair<A>(W, I, 0, true, row, g, h, y, count);
    else forwardPair<A>(W, I, 0, false, row, g, h, y, count);
  } else {
    forwardPair<A>(W, I, 0, false, row, g, h, y, count);
    forwardPair<A>(W, I, 2, false, row, g, h, y, count);
    if (read) addToOutput(row, h, y, count);
  }
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
// @ts-ignore: decorator
@inline
export function forwardUnrolled<A extends Activation>(W: i32, begin: i32, end: i32): void {
  const count = end - begin;
  const y = onlyPredictionOf(begin);
  const layerBytes = elements(samples * W);
  const first = max(1, frozenLayers);
  let h = activationsOf(first - 1, begin);
  if (frozenLayers == 0) forwardLayer<A>(W, 1, rowOf(0), onlyInputOf(begin), h, y, count);
  const stop = rowOf(depth);
  for (let row = rowOf(first); row < stop; row += ROW, h += layerBytes) {
    forwardLayer<A>(W, W, row, h, h + layerBytes, y, count);
  }
}
