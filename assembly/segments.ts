/**
 * The linear layers: sums of products between the `O` neurons of a layer and `I` of the numbers that it
 * reads, which are the network's inputs or the outputs of one hidden layer. A layer that reads several
 * layers has such a segment for each. The small ones are unrolled, the others go to products.ts.
 *
 * `row` is how many bytes the neurons' weights are apart. A sum starts from what is at `start`, which is
 * `step` bytes further on for the next sample: from where the segment before left it, from biases, from 0.
 */
import { clear, copy, get, set } from "./lanes";
import { LANES } from "./memory";
import { addProducts } from "./products";
import { elements } from "./places";
import { columnSums, rowSums, weightSums } from "./unrolled-segments";

/** Lets the sums of `count` samples start; each has `row` bytes. */
function copyFrom(start: usize, step: usize, to: usize, row: usize, count: i32): void {
  if (start == to) return;
  for (; count > 0; count--, start += step, to += row) copy(start, to, row);
}

/** z = start + w·g of `count` samples: [count, O] from [count, I]. */
export function forwardSegment(
  O: i32, I: i32, w: usize, row: usize, g: usize, start: usize, step: usize, z: usize, count: i32,
): void {
  if (O == 2 && I == 2) rowSums(2, 2, 2, 0, w, row, g, start, step, z, count);
  else if (O == 2 && I == 1) rowSums(2, 2, 1, 0, w, row, g, start, step, z, count);
  else if (O == 4 && I == 4) {
    rowSums(2, 4, 4, 0, w, row, g, start, step, z, count);
    rowSums(2, 4, 4, 2, w, row, g, start, step, z, count);
  } else if (O == 4 && I == 1) {
    rowSums(2, 4, 1, 0, w, row, g, start, step, z, count);
    rowSums(2, 4, 1, 2, w, row, g, start, step, z, count);
  } else if (O == 1 && I == 2) rowSums(1, 1, 2, 0, w, row, g, start, step, z, count);
  else if (O == 1 && I == 4) rowSums(1, 1, 4, 0, w, row, g, start, step, z, count);
  else {
    copyFrom(start, step, z, elements(O), count);
    addProducts(
      O, count, I,
      z, LANES, elements(O), w, row, LANES, g, elements(I), LANES,
    );
  }
}

/** dL/dw = Σ dL/dz·g over `count` samples. */
export function gradientSegment(
  O: i32, I: i32, dw: usize, row: usize, g: usize, dz: usize, count: i32,
): void {
  if (O == 2 && I == 2) weightSums(2, 2, 2, 0, dw, row, g, dz, count);
  else if (O == 2 && I == 1) weightSums(2, 2, 1, 0, dw, row, g, dz, count);
  else if (O == 4 && I == 4) {
    weightSums(2, 4, 4, 0, dw, row, g, dz, count);
    weightSums(2, 4, 4, 2, dw, row, g, dz, count);
  } else if (O == 4 && I == 1) {
    weightSums(2, 4, 1, 0, dw, row, g, dz, count);
    weightSums(2, 4, 1, 2, dw, row, g, dz, count);
  } else if (O == 1 && I == 2) weightSums(1, 1, 2, 0, dw, row, g, dz, count);
  else if (O == 1 && I == 4) weightSums(1, 1, 4, 0, dw, row, g, dz, count);
  else {
    for (let j = 0, at = dw; j < O; j++, at += row) clear(at, at + elements(I));
    addProducts(
      O, I, count,
      dw, row, LANES, dz, LANES, elements(O), g, LANES, elements(I),
    );
  }
}

/** dL/dg = start + wᵀ·dL/dz of `count` samples: [count, I] from [count, O]. */
export function lowerSegment(
  O: i32, I: i32, w: usize, row: usize, dz: usize, start: usize, step: usize, dg: usize, count: i32,
): void {
  if (O == 2 && I == 2) columnSums(2, 2, 0, w, row, dz, start, step, dg, count);
  else if (O == 4 && I == 4) {
    columnSums(4, 4, 0, w, row, dz, start, step, dg, count);
    columnSums(4, 4, 2, w, row, dz, start, step, dg, count);
  } else if (O == 1 && I == 2) columnSums(1, 2, 0, w, row, dz, start, step, dg, count);
  else if (O == 1 && I == 4) {
    columnSums(1, 4, 0, w, row, dz, start, step, dg, count);
    columnSums(1, 4, 2, w, row, dz, start, step, dg, count);
  } else {
    copyFrom(start, step, dg, elements(I), count);
    addProducts(
      I, count, O,
      dg, LANES, elements(I), w, LANES, row, dz, elements(O), LANES,
    );
  }
}

/** dL/db = Σ dL/dz over `count` samples. */
export function biasSegment(O: i32, db: usize, dz: usize, count: i32): void {
  const end = dz + elements(O * count);
  for (const last = db + elements(O); db < last; db += elements(2), dz += elements(2)) {
    const two = db + LANES < last;
    let sum0 = f32x4.splat(0), sum1 = f32x4.splat(0);
    for (let at = dz; at < end; at += elements(O)) {
      sum0 = f32x4.add(sum0, get(at, 0));
      if (two) sum1 = f32x4.add(sum1, get(at, 1));
    }
    set(db, 0, sum0);
    if (two) set(db, 1, sum1);
  }
}
