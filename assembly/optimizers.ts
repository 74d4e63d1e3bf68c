/** One optimizer step over all parameters of four networks; see src/engines/reference/optimizers.ts. */
import { addProduct, get, mul, set } from "./lanes";
import {
  biasCorrections,
  firstMoments,
  gradients,
  learningRates,
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
  for (let i = 0; i < parameterCount; i++) {
    set(parameters, i, f32x4.sub(get(parameters, i), mul(rate, get(gradients, i))));
  }
}

/** m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate·c₁·m / (√v·c₂ + ε) */
export function adam(epoch: i32): void {
  const corrections = biasCorrections + ((<usize>epoch) << 3);
  const rate = mul(get(learningRates, 0), v128.load_splat<f32>(corrections));
  const c2 = v128.load_splat<f32>(corrections, 4);
  const beta1 = f32x4.splat(<f32>BETA1);
  const rest1 = f32x4.splat(<f32>(1 - BETA1));
  const beta2 = f32x4.splat(<f32>BETA2);
  const rest2 = f32x4.splat(<f32>(1 - BETA2));
  const epsilon = f32x4.splat(<f32>1e-8);
  for (let i = 0; i < parameterCount; i++) {
    const g = get(gradients, i);
    const m = addProduct(mul(beta1, get(firstMoments, i)), rest1, g);
    const v = addProduct(mul(beta2, get(secondMoments, i)), mul(rest2, g), g);
    set(firstMoments, i, m);
    set(secondMoments, i, v);
    const denominator = addProduct(epsilon, f32x4.sqrt(v), c2);
    set(parameters, i, f32x4.sub(get(parameters, i), f32x4.div(mul(rate, m), denominator)));
  }
}
