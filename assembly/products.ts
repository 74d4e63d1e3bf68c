/**
 * Sums of products in blocks of 4 by 2, whose sums stay in registers: a block's six loads serve
 * eight products. Which sums share a block leaves each of them as it is: c first, then its products
 * one after the other.
 */
import { addProduct, get, set } from "./lanes";

/**
 * One block: c_rs += Σ_k a_rk·b_sk for `rows` (4 or 1) by `columns` (2 or 1) sums. All distances are
 * in bytes: `cRow` from c_rs to c_(r+1)s, `aStep` from a_rk to a_r(k+1), and so on.
 */
// @ts-ignore: decorator
@inline
function addBlock(
  rows: i32, columns: i32, count: i32,
  c: usize, cRow: usize, cColumn: usize,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bColumn: usize, bStep: usize,
): void {
  const d = c + cColumn;
  let c0 = get(c, 0);
  let d0 = columns > 1 ? get(d, 0) : c0;
  let c1 = rows > 1 ? get(c + cRow, 0) : c0;
  let c2 = rows > 1 ? get(c + 2 * cRow, 0) : c0;
  let c3 = rows > 1 ? get(c + 3 * cRow, 0) : c0;
  let d1 = rows > 1 && columns > 1 ? get(d + cRow, 0) : c0;
  let d2 = rows > 1 && columns > 1 ? get(d + 2 * cRow, 0) : c0;
  let d3 = rows > 1 && columns > 1 ? get(d + 3 * cRow, 0) : c0;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let e = b + bColumn;
  for (; count > 0; count--) {
    const b0 = get(b, 0);
    const b1 = columns > 1 ? get(e, 0) : b0;
    const first = get(a, 0);
    c0 = addProduct(c0, first, b0);
    if (columns > 1) d0 = addProduct(d0, first, b1);
    if (rows > 1) {
      const second = get(a1, 0);
      c1 = addProduct(c1, second, b0);
      if (columns > 1) d1 = addProduct(d1, second, b1);
      const third = get(a2, 0);
      c2 = addProduct(c2, third, b0);
      if (columns > 1) d2 = addProduct(d2, third, b1);
      const fourth = get(a3, 0);
      c3 = addProduct(c3, fourth, b0);
      if (columns > 1) d3 = addProduct(d3, fourth, b1);
      a1 += aStep;
      a2 += aStep;
      a3 += aStep;
    }
    a += aStep;
    b += bStep;
    if (columns > 1) e += bStep;
  }
  set(c, 0, c0);
  if (columns > 1) set(d, 0, d0);
  if (rows > 1) {
    set(c + cRow, 0, c1);
    set(c + 2 * cRow, 0, c2);
    set(c + 3 * cRow, 0, c3);
    if (columns > 1) {
      set(d + cRow, 0, d1);
      set(d + 2 * cRow, 0, d2);
      set(d + 3 * cRow, 0, d3);
    }
  }
}

/**
 * c_rs += Σ_k a_rk·b_sk for all `rows` by `columns` sums of `count` products each; see `addBlock`. Few
 * rows and more columns change their parts, so that blocks are full.
 */
export function addProducts(
  rows: i32, columns: i32, count: i32,
  c: usize, cRow: usize, cColumn: usize,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bColumn: usize, bStep: usize,
): void {
  if (rows < 4 && columns > rows) {
    return addBlocks(columns, rows, count, c, cColumn, cRow, b, bColumn, bStep, a, aRow, aStep);
  }
  addBlocks(rows, columns, count, c, cRow, cColumn, a, aRow, aStep, b, bColumn, bStep);
}

function addBlocks(
  rows: i32, columns: i32, count: i32,
  c: usize, cRow: usize, cColumn: usize,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bColumn: usize, bStep: usize,
): void {
  for (; rows >= 4; rows -= 4, c += 4 * cRow, a += 4 * aRow) {
    let cs = c;
    let bs = b;
    let left = columns;
    for (; left >= 2; left -= 2, cs += 2 * cColumn, bs += 2 * bColumn) {
      addBlock(4, 2, count, cs, cRow, cColumn, a, aRow, aStep, bs, bColumn, bStep);
    }
    if (left > 0) addBlock(4, 1, count, cs, cRow, cColumn, a, aRow, aStep, bs, bColumn, bStep);
  }
  for (; rows > 0; rows--, c += cRow, a += aRow) {
    let cs = c;
    let bs = b;
    let left = columns;
    for (; left >= 2; left -= 2, cs += 2 * cColumn, bs += 2 * bColumn) {
      addBlock(1, 2, count, cs, cRow, cColumn, a, aRow, aStep, bs, bColumn, bStep);
    }
    if (left > 0) addBlock(1, 1, count, cs, cRow, cColumn, a, aRow, aStep, bs, bColumn, bStep);
  }
}
