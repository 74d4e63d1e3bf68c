/** Arithmetic on four networks at once, in the reference engine's terms. Never fused, never relaxed. */

// @ts-ignore: decorator
@inline
export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** a + b·c, rounded twice. */
// @ts-ignore: decorator
@inline
export function addProduct(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, c));
}

/** Element `index` of a row of elements that starts at `at`. */
// @ts-ignore: decorator
@inline
export function get(at: usize, index: i32): v128 {
  return v128.load(at + ((<usize>index) << 4));
}

// @ts-ignore: decorator
@inline
export function set(at: usize, index: i32, value: v128): void {
  v128.store(at + ((<usize>index) << 4), value);
}

/** Sets a row of `count` elements, a constant 1, 2 or 4; the values past it are not used. */
// @ts-ignore: decorator
@inline
export function setRow(count: i32, at: usize, a0: v128, a1: v128, a2: v128, a3: v128): void {
  set(at, 0, a0);
  if (count > 1) set(at, 1, a1);
  if (count > 2) {
    set(at, 2, a2);
    set(at, 3, a3);
  }
}

/** Sets the elements in [at, end) to +0. Small pieces: `memory.fill` would cost a call out of WebAssembly. */
export function clear(at: usize, end: usize): void {
  for (; at < end; at += 16) v128.store(at, f32x4.splat(0));
}

/** Copies `bytes`, of elements. For small pieces, as `clear`. */
export function copy(from: usize, to: usize, bytes: usize): void {
  for (const end = to + bytes; to < end; from += 16, to += 16) v128.store(to, v128.load(from));
}
