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

/** z < 0 ? 0 : z. A NaN stays one, as in the reference. */
// @ts-ignore: decorator
@inline
export function relu(z: v128): v128 {
  return f32x4.pmax(z, f32x4.splat(0));
}

/** ReLU's backward: h > 0 ? gradient : 0. */
// @ts-ignore: decorator
@inline
export function reluGradient(gradient: v128, h: v128): v128 {
  return v128.and(gradient, f32x4.gt(h, f32x4.splat(0)));
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

/** Sets the elements in [at, end) to +0. Small pieces: `memory.fill` would cost a call out of WebAssembly. */
export function clear(at: usize, end: usize): void {
  for (; at < end; at += 16) v128.store(at, f32x4.splat(0));
}
