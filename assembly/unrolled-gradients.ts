/**
 * Gradients of the parameters of networks of width 2 or 4: sums over the samples, unrolled as the
 * forward pass is.
 */
import { add, addProduct, elements, get, set, setRow } from "./lanes";
import { biasesAt, outputWeightsAt, ROW, weightsAt } from "./layer-table";
import { gradients, LANES } from "./memory";

/**
 * dL/dw = Σ dL/dz·g and dL/db = Σ dL/dz of two neurons, where g is what the layer reads. With
 * `toOutput`, for width 2, the output neuron reads g too: dL/du of its weights for the layer below.
 * Of four inputs V8 loads all before it uses the first: beside eight sums no registers are left for
 * those of the biases, which `biasSums` forms.
 */
// @ts-ignore: decorator
@inline
export function pairGradients(
  W: i32, I: i32, j: i32, toOutput: bool, row: usize, g: usize, dz: usize, dy: usize, count: i32,
): void {
  const zero = f32x4.splat(0);
  let dw00 = zero, dw01 = zero, dw02 = zero, dw03 = zero;
  let dw10 = zero, dw11 = zero, dw12 = zero, dw13 = zero;
  let db0 = zero, db1 = zero;
  let du0 = zero, du1 = zero;
  dz += elements(j);
  for (const stop = g + elements(count * I); g < stop; g += elements(I), dz += elements(W)) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    if (I < 4) {
      db0 = add(db0, dz0);
      db1 = add(db1, dz1);
    }
    const g0 = get(g, 0);
    dw00 = addProduct(dw00, dz0, g0);
    dw10 = addProduct(dw10, dz1, g0);
    if (I > 1) {
      const g1 = get(g, 1);
      dw01 = addProduct(dw01, dz0, g1);
      dw11 = addProduct(dw11, dz1, g1);
    }
    if (I > 2) {
      const g2 = get(g, 2);
      dw02 = addProduct(dw02, dz0, g2);
      dw12 = addProduct(dw12, dz1, g2);
      const g3 = get(g, 3);
      dw03 = addProduct(dw03, dz0, g3);
      dw13 = addProduct(dw13, dz1, g3);
    }
    if (toOutput) {
      du0 = addProduct(du0, get(dy, 0), get(g, 0));
      du1 = addProduct(du1, get(dy, 0), get(g, 1));
      dy += LANES;
    }
  }
  const dw = weightsAt(gradients, row) + elements(j * I);
  setRow(I, dw, dw00, dw01, dw02, dw03);
  setRow(I, dw + elements(I), dw10, dw11, dw12, dw13);
  if (I < 4) {
    const db = biasesAt(gradients, row);
    set(db, j, db0);
    set(db, j + 1, db1);
  }
  if (toOutput) {
    const du = outputWeightsAt(gradients, row - ROW);
    set(du, 0, du0);
    set(du, 1, du1);
  }
}

/** dL/db = Σ dL/dz of four neurons. */
// @ts-ignore: decorator
@inline
export function biasSums(db: usize, dz: usize, count: i32): void {
  const zero = f32x4.splat(0);
  let db0 = zero, db1 = zero, db2 = zero, db3 = zero;
  for (const stop = dz + elements(count * 4); dz < stop; dz += elements(4)) {
    db0 = add(db0, get(dz, 0));
    db1 = add(db1, get(dz, 1));
    db2 = add(db2, get(dz, 2));
    db3 = add(db3, get(dz, 3));
  }
  setRow(4, db, db0, db1, db2, db3);
}

/** dL/du = Σ dL/dy·h of the output neuron's four weights for a layer. */
// @ts-ignore: decorator
@inline
export function outputGradients(row: usize, h: usize, at: usize, count: i32): void {
  const zero = f32x4.splat(0);
  let du0 = zero, du1 = zero, du2 = zero, du3 = zero;
  for (const stop = at + elements(count); at < stop; at += LANES, h += elements(4)) {
    const dy = get(at, 0);
    du0 = addProduct(du0, dy, get(h, 0));
    du1 = addProduct(du1, dy, get(h, 1));
    du2 = addProduct(du2, dy, get(h, 2));
    du3 = addProduct(du3, dy, get(h, 3));
  }
  setRow(4, outputWeightsAt(gradients, row), du0, du1, du2, du3);
}
