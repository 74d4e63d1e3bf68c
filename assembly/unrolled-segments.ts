/**
 * Segments of segments.ts unrolled, with their weights or sums in registers: `J` neurons, 1 or 2, from
 * the `j`th of `O`, by `I` of what the layer reads. All four are constants to the compiler.
 */
import { addProduct, get, set, setRow } from "./lanes";
import { elements } from "./places";

/** z_j = start + Σ_i w_ji·g_i of `J` neurons. */
// @ts-ignore: decorator
@inline
export function rowSums(
  J: i32, O: i32, I: i32, j: i32,
  w: usize, row: usize, g: usize, start: usize, step: usize, z: usize, count: i32,
): void {
  w += row * j;
  const v = w + row;
  const w00 = get(w, 0), w01 = I > 1 ? get(w, 1) : w00;
  const w02 = I > 2 ? get(w, 2) : w00, w03 = I > 2 ? get(w, 3) : w00;
  const w10 = J > 1 ? get(v, 0) : w00, w11 = J > 1 && I > 1 ? get(v, 1) : w00;
  const w12 = J > 1 && I > 2 ? get(v, 2) : w00, w13 = J > 1 && I > 2 ? get(v, 3) : w00;
  z += elements(j);
  start += elements(j);
  for (const stop = g + elements(count * I); g < stop; g += elements(I), z += elements(O), start += step) {
    const g0 = get(g, 0);
    let z0 = addProduct(get(start, 0), w00, g0);
    let z1 = J > 1 ? addProduct(get(start, 1), w10, g0) : z0;
    if (I > 1) {
      const g1 = get(g, 1);
      z0 = addProduct(z0, w01, g1);
      if (J > 1) z1 = addProduct(z1, w11, g1);
    }
    if (I > 2) {
      const g2 = get(g, 2);
      z0 = addProduct(z0, w02, g2);
      if (J > 1) z1 = addProduct(z1, w12, g2);
      const g3 = get(g, 3);
      z0 = addProduct(z0, w03, g3);
      if (J > 1) z1 = addProduct(z1, w13, g3);
    }
    set(z, 0, z0);
    if (J > 1) set(z, 1, z1);
  }
}

/** dw_ji = Σ dz_j·g_i of `J` neurons. */
// @ts-ignore: decorator
@inline
export function weightSums(
  J: i32, O: i32, I: i32, j: i32, dw: usize, row: usize, g: usize, dz: usize, count: i32,
): void {
  const zero = f32x4.splat(0);
  let dw00 = zero, dw01 = zero, dw02 = zero, dw03 = zero;
  let dw10 = zero, dw11 = zero, dw12 = zero, dw13 = zero;
  dz += elements(j);
  for (const stop = g + elements(count * I); g < stop; g += elements(I), dz += elements(O)) {
    const dz0 = get(dz, 0);
    const dz1 = J > 1 ? get(dz, 1) : dz0;
    const g0 = get(g, 0);
    dw00 = addProduct(dw00, dz0, g0);
    if (J > 1) dw10 = addProduct(dw10, dz1, g0);
    if (I > 1) {
      const g1 = get(g, 1);
      dw01 = addProduct(dw01, dz0, g1);
      if (J > 1) dw11 = addProduct(dw11, dz1, g1);
    }
    if (I > 2) {
      const g2 = get(g, 2);
      dw02 = addProduct(dw02, dz0, g2);
      if (J > 1) dw12 = addProduct(dw12, dz1, g2);
      const g3 = get(g, 3);
      dw03 = addProduct(dw03, dz0, g3);
      if (J > 1) dw13 = addProduct(dw13, dz1, g3);
    }
  }
  dw += row * j;
  setRow(I, dw, dw00, dw01, dw02, dw03);
  if (J > 1) setRow(I, dw + row, dw10, dw11, dw12, dw13);
}

/** dg_i = start + Σ_j w_ji·dz_j of two of what the layer reads, the `i`th and the next, over `O` neurons. */
// @ts-ignore: decorator
@inline
export function columnSums(
  O: i32, I: i32, i: i32,
  w: usize, row: usize, dz: usize, start: usize, step: usize, dg: usize, count: i32,
): void {
  w += elements(i);
  const w00 = get(w, 0), w01 = get(w, 1);
  const w10 = O > 1 ? get(w + row, 0) : w00, w11 = O > 1 ? get(w + row, 1) : w00;
  const w20 = O > 2 ? get(w + 2 * row, 0) : w00, w21 = O > 2 ? get(w + 2 * row, 1) : w00;
  const w30 = O > 2 ? get(w + 3 * row, 0) : w00, w31 = O > 2 ? get(w + 3 * row, 1) : w00;
  dg += elements(i);
  start += elements(i);
  for (const stop = dz + elements(count * O); dz < stop; dz += elements(O), dg += elements(I), start += step) {
    const dz0 = get(dz, 0);
    let dg0 = addProduct(get(start, 0), w00, dz0);
    let dg1 = addProduct(get(start, 1), w01, dz0);
    if (O > 1) {
      const dz1 = get(dz, 1);
      dg0 = addProduct(dg0, w10, dz1);
      dg1 = addProduct(dg1, w11, dz1);
    }
    if (O > 2) {
      const dz2 = get(dz, 2);
      dg0 = addProduct(dg0, w20, dz2);
      dg1 = addProduct(dg1, w21, dz2);
      const dz3 = get(dz, 3);
      dg0 = addProduct(dg0, w30, dz3);
      dg1 = addProduct(dg1, w31, dz3);
    }
    set(dg, 0, dg0);
    set(dg, 1, dg1);
  }
}
