/** Activation functions, operation by operation as in src/engines/reference/activation-functions.ts. */
import { exp, expm1, normalCdf } from "./exponential";
import { add, mul } from "./lanes";

/** A neuron whose output is 0 passes no gradient on. */
export const DEAD_STAYS_DEAD: i32 = 1;
/** `backward` needs z, beside h. */
export const NEEDS_SUMS: i32 = 2;
/** The parameter is a slope below 0 that is learned. */
export const LEARNS_SLOPE: i32 = 4;

/** `p` is the function's parameter, the same for all neurons of a layer; 0 where it has none. */
export interface Activation {
  /** Some of the traits above. */
  readonly traits: i32;
  /** h from z. */
  value(z: v128, p: v128): v128;
  /** dL/dz from dL/dh. */
  backward(dh: v128, z: v128, h: v128, p: v128): v128;
}

// @ts-ignore: decorator
@inline
function isAbove0(x: v128): v128 {
  return f32x4.gt(x, f32x4.splat(0));
}

@final
export class Relu implements Activation {
  @inline
  get traits(): i32 {
    return DEAD_STAYS_DEAD;
  }

  /** z < 0 ? 0 : z. A NaN stays one, as in the reference. */
  @inline
  value(z: v128, p: v128): v128 {
    return f32x4.pmax(z, f32x4.splat(0));
  }

  /** h > 0 ? dh : 0 */
  @inline
  backward(dh: v128, z: v128, h: v128, p: v128): v128 {
    return v128.and(dh, isAbove0(h));
  }
}

/** z > 0 ? z : p·z */
@final
export class LeakyRelu implements Activation {
  @inline
  get traits(): i32 {
    return 0;
  }

  @inline
  value(z: v128, p: v128): v128 {
    return v128.bitselect(z, mul(p, z), isAbove0(z));
  }

  @inline
  backward(dh: v128, z: v128, h: v128, p: v128): v128 {
    return v128.bitselect(dh, mul(p, dh), isAbove0(h));
  }
}

/** The same, but that p may be below 0, where h does not tell what z is. */
@final
export class PRelu implements Activation {
  @inline
  get traits(): i32 {
    return NEEDS_SUMS | LEARNS_SLOPE;
  }

  @inline
  value(z: v128, p: v128): v128 {
    return v128.bitselect(z, mul(p, z), isAbove0(z));
  }

  @inline
  backward(dh: v128, z: v128, h: v128, p: v128): v128 {
    return v128.bitselect(dh, mul(p, dh), isAbove0(z));
  }
}

/** z > 0 ? z : p(eᶻ - 1) */
@final
export class Elu implements Activation {
  @inline
  get traits(): i32 {
    return 0;
  }

  @inline
  value(z: v128, p: v128): v128 {
    return v128.bitselect(z, mul(p, expm1(z)), isAbove0(z));
  }

  @inline
  backward(dh: v128, z: v128, h: v128, p: v128): v128 {
    return v128.bitselect(dh, mul(dh, add(h, p)), isAbove0(h));
  }
}

/** zΦ(z) */
@final
export class Gelu implements Activation {
  @inline
  get traits(): i32 {
    return NEEDS_SUMS;
  }

  @inline
  value(z: v128, p: v128): v128 {
    return mul(z, normalCdf(z));
  }

  @inline
  backward(dh: v128, z: v128, h: v128, p: v128): v128 {
    const density = f32x4.splat(<f32>(1 / Math.sqrt(2 * Math.PI)));
    const phi = mul(density, exp(mul(mul(f32x4.splat(-0.5), z), z)));
    return mul(dh, add(normalCdf(z), mul(z, phi)));
  }
}

/** zσ(z) */
@final
export class Silu implements Activation {
  @inline
  get traits(): i32 {
    return NEEDS_SUMS;
  }

  @inline
  value(z: v128, p: v128): v128 {
    return mul(z, this.sigmoid(z));
  }

  @inline
  backward(dh: v128, z: v128, h: v128, p: v128): v128 {
    const one = f32x4.splat(1);
    const s = this.sigmoid(z);
    return mul(dh, mul(s, add(one, mul(z, f32x4.sub(one, s)))));
  }

  @inline
  private sigmoid(z: v128): v128 {
    const one = f32x4.splat(1);
    return f32x4.div(one, add(one, exp(f32x4.neg(z))));
  }
}

// @ts-ignore: decorator
@inline
export function valueOf<A extends Activation>(z: v128): v128 {
  return changetype<A>(0).value(z, z);
}

// @ts-ignore: decorator
@inline
export function backwardOf<A extends Activation>(dh: v128, h: v128): v128 {
  return changetype<A>(0).backward(dh, h, h, h);
}
