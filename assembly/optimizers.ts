/** One optimizer step over all parameters of four networks; see src/engines/reference/optimizers.ts. */
import { addProduct, get, mul, set } from "./lanes";
import {
  biasCorrections,
  firstMoments,
  gradients,
  LANES,
  learningRates,
  liveParametersAt,
  optimizerConstants,
  parameterCount,
  parameters,
  secondMoments,
} from "./memory";

// As f64, so that 1 - β is rounded to f32 once, after the subtraction.
const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;

/** p -= rate·g */
export function sgd(): void {
  const rate = get(learningRates, 0);
  let p = liveParametersAt(parameters);
  let g = liveParametersAt(gradients);
  for (const stop = parameters + <usize>parameterCount * LANES; p < stop; p += LANES, g += LANES) {
    set(p, 0, f32x4.sub(get(p, 0), mul(rate, get(g, 0))));
  }
}

/**
 * Puts what `adam` multiplies with into memory. Constants in the code V8 would set up anew for
 * every parameter; what is loaded it keeps in registers.
 */
export function prepareAdam(): void {
  set(optimizerConstants, 0, f32x4.splat(<f32>BETA1));
  set(optimizerConstants, 1, f32x4.splat(<f32>(1 - BETA1)));
  set(optimizerConstants, 2, f32x4.splat(<f32>BETA2));
  set(optimizerConstants, 3, f32x4.splat(<f32>(1 - BETA2)));
  set(optimizerConstants, 4, f32x4.splat(<f32>1e-8));
}

/** m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate·c₁·m / (√v·c₂ + ε) */
export function adam(epoch: i32): void {
  const corrections = biasCorrections + ((<usize>epoch) << 3);
  const rate = mul(get(learningRates, 0), v128.load_splat<f32>(corrections));
  const c2 = v128.load_splat<f32>(corrections, 4);
  const beta1 = get(optimizerConstants, 0);
  const rest1 = get(optimizerConstants, 1);
  const beta2 = get(optimizerConstants, 2);
  const rest2 = get(optimizerConstants, 3);
  const epsilon = get(optimizerConstants, 4);
  let p = liveParametersAt(parameters);
  let g = liveParametersAt(gradients);
  let m = liveParametersAt(firstMoments);
  let v = liveParametersAt(secondMoments);
  const stop = parameters + <usize>parameterCount * LANES;
  for (; p < stop; p += LANES, g += LANES, m += LANES, v += LANES) {
    const gradient = get(g, 0);
    const first = addProduct(mul(beta1, get(m, 0)), rest1, gradient);
    const second = addProduct(mul(beta2, get(v, 0)), mul(rest2, gradient), gradient);
    set(m, 0, first);
    set(v, 0, second);
    const denominator = addProduct(epsilon, f32x4.sqrt(second), c2);
    set(p, 0, f32x4.sub(get(p, 0), f32x4.div(mul(rate, first), denominator)));
  }
}
