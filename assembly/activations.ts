/**
 * Activation functions, as type parameters of the passes: a call is compiled to the function's own
 * instructions.
 */

export interface Activation {
  /** Whether a neuron whose output is 0 passes no gradient on. */
  readonly deadStaysDead: bool;
  /** h from z. */
  value(z: v128): v128;
  /** dL/dz from dL/dh. */
  backward(dh: v128, h: v128): v128;
}

@final
export class Relu implements Activation {
  @inline
  get deadStaysDead(): bool {
    return true;
  }

  /** z < 0 ? 0 : z. A NaN stays one, as in the reference. */
  @inline
  value(z: v128): v128 {
    return f32x4.pmax(z, f32x4.splat(0));
  }

  /** h > 0 ? dh : 0 */
  @inline
  backward(dh: v128, h: v128): v128 {
    return v128.and(dh, f32x4.gt(h, f32x4.splat(0)));
  }
}

// @ts-ignore: decorator
@inline
export function activate<A extends Activation>(z: v128): v128 {
  return changetype<A>(0).value(z);
}

// @ts-ignore: decorator
@inline
export function activateBackward<A extends Activation>(dh: v128, h: v128): v128 {
  return changetype<A>(0).backward(dh, h);
}
