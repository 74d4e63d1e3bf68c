/** Optimizers, as type parameters of the training loop; see src/engines/reference/optimizers.ts. */
import { BETA1, BETA2, EPSILON, MOMENTUM } from "../src/engines/optimizer-constants";
import { addProduct, get, mul, set } from "./lanes";
import {
  adamConstants,
  biasCorrections,
  firstMoments,
  frozenLayers,
  gradients,
  LANES,
  learningRates,
  parameterCount,
  parameters,
  secondMoments,
} from "./memory";
import { elements, rowOf, weightsAt } from "./places";

export interface Optimizer {
  /** Whether a step depends on parameters and gradients alone: from the same, it is the same. */
  readonly stateless: bool;
  /** To be called before the first step. */
  start(): void;
  /** One step over the parameters that are not frozen. */
  step(epoch: i32): void;
  /**
   * Per lane all ones where no step from `epoch` on changes the parameter at `p` as long as its
   * gradient is 0.
   */
  atRest(p: usize, epoch: i32): v128;
}

/** Past the last parameter. */
// @ts-ignore: decorator
@inline
function parametersEnd(): usize {
  return parameters + elements(parameterCount);
}

/** Per lane all ones where p - q and p + q both round to p; then so does every p - change up to q. */
// @ts-ignore: decorator
@inline
function staysPut(p: v128, q: v128): v128 {
  return v128.and(i32x4.eq(f32x4.sub(p, q), p), i32x4.eq(f32x4.add(p, q), p));
}

/** p -= rate·g */
@final
export class Sgd implements Optimizer {
  @inline
  get stateless(): bool {
    return true;
  }

  start(): void {}

  step(epoch: i32): void {
    const rate = get(learningRates, 0);
    let p = weightsAt(parameters, rowOf(frozenLayers));
    let g = weightsAt(gradients, rowOf(frozenLayers));
    for (const end = parametersEnd(); p < end; p += LANES, g += LANES) {
      set(p, 0, f32x4.sub(get(p, 0), mul(rate, get(g, 0))));
    }
  }

  @inline
  atRest(p: usize, epoch: i32): v128 {
    return i32x4.splat(-1);
  }
}

/** v = μv + g, p -= rate·v */
@final
export class Momentum implements Optimizer {
  @inline
  get stateless(): bool {
    return false;
  }

  start(): void {
    memory.fill(firstMoments, 0, elements(parameterCount));
  }

  step(epoch: i32): void {
    const rate = get(learningRates, 0);
    const mu = f32x4.splat(<f32>MOMENTUM);
    let p = weightsAt(parameters, rowOf(frozenLayers));
    let g = weightsAt(gradients, rowOf(frozenLayers));
    let v = weightsAt(firstMoments, rowOf(frozenLayers));
    for (const end = parametersEnd(); p < end; p += LANES, g += LANES, v += LANES) {
      const velocity = f32x4.add(mul(mu, get(v, 0)), get(g, 0));
      set(v, 0, velocity);
      set(p, 0, f32x4.sub(get(p, 0), mul(rate, velocity)));
    }
  }

  /** v with gradient 0 never grows, so no later change of p exceeds rate·|v|: see `staysPut`. */
  @inline
  atRest(p: usize, epoch: i32): v128 {
    const v = get(firstMoments + (p - parameters), 0);
    return staysPut(get(p, 0), mul(get(learningRates, 0), f32x4.abs(v)));
  }
}

/** m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate·c₁·m / (√v·c₂ + ε) */
@final
export class Adam implements Optimizer {
  @inline
  get stateless(): bool {
    return false;
  }

  start(): void {
    memory.fill(firstMoments, 0, elements(parameterCount));
    memory.fill(secondMoments, 0, elements(parameterCount));
    // Constants in the code V8 would set up anew for every parameter; what is loaded it keeps in
    // registers. They are f64 up to here, so that 1 - β is rounded once, after the subtraction.
    set(adamConstants, 0, f32x4.splat(<f32>BETA1));
    set(adamConstants, 1, f32x4.splat(<f32>(1 - BETA1)));
    set(adamConstants, 2, f32x4.splat(<f32>BETA2));
    set(adamConstants, 3, f32x4.splat(<f32>(1 - BETA2)));
    set(adamConstants, 4, f32x4.splat(<f32>EPSILON));
  }

  step(epoch: i32): void {
    const rate = this.rate(epoch);
    const c2 = v128.load_splat<f32>(biasCorrections + ((<usize>epoch) << 3), 4);
    const beta1 = get(adamConstants, 0);
    const rest1 = get(adamConstants, 1);
    const beta2 = get(adamConstants, 2);
    const rest2 = get(adamConstants, 3);
    const epsilon = get(adamConstants, 4);
    let p = weightsAt(parameters, rowOf(frozenLayers));
    let g = weightsAt(gradients, rowOf(frozenLayers));
    let m = weightsAt(firstMoments, rowOf(frozenLayers));
    let v = weightsAt(secondMoments, rowOf(frozenLayers));
    for (const end = parametersEnd(); p < end; p += LANES, g += LANES, m += LANES, v += LANES) {
      const gradient = get(g, 0);
      const first = addProduct(mul(beta1, get(m, 0)), rest1, gradient);
      const second = addProduct(mul(beta2, get(v, 0)), mul(rest2, gradient), gradient);
      set(m, 0, first);
      set(v, 0, second);
      const denominator = addProduct(epsilon, f32x4.sqrt(second), c2);
      set(p, 0, f32x4.sub(get(p, 0), f32x4.div(mul(rate, first), denominator)));
    }
  }

  /**
   * m with gradient 0 never grows, for |β₁m| ≤ |m| and rounding keeps order. Nor does the step's
   * rate, and the denominator is never below ε. Hence no later change of p exceeds q = rate·|m|/ε,
   * as rounded: see `staysPut`.
   */
  @inline
  atRest(p: usize, epoch: i32): v128 {
    const m = get(firstMoments + (p - parameters), 0);
    const q = f32x4.div(mul(this.rate(epoch), f32x4.abs(m)), get(adamConstants, 4));
    return staysPut(get(p, 0), q);
  }

  /** rate·c₁ */
  @inline
  private rate(epoch: i32): v128 {
    const c1 = v128.load_splat<f32>(biasCorrections + ((<usize>epoch) << 3));
    return mul(get(learningRates, 0), c1);
  }
}
