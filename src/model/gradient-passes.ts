/** Whether a gradient passes a neuron on a sample, by what the neuron puts out. */
import { type Activation, type NameOf, nameOf, parameterOf } from "./trial.js";

/**
 * Whether f'(z) is other than 0 in float32, asked of h = f(z).
 *
 * @param parameter the activation's own, or PReLU's slope as it is learned
 */
type Passes = (h: number, parameter: number) => boolean;

const isAbove0: Passes = (h) => h > 0;
/** From -0, which z·0 is below 0, its derivative has underflowed too. */
const isNoUnderflow: Passes = (h) => !Object.is(h, -0);

const PASSES: Readonly<Record<NameOf<Activation>, Passes>> = {
  relu: isAbove0,
  "leaky-relu": () => true,
  prelu: (h, slope) => slope !== 0 || h > 0,
  // Its derivative is h + α below 0.
  elu: (h, alpha) => h > 0 || Math.fround(h + Math.fround(alpha)) !== 0,
  gelu: isNoUnderflow,
  silu: isNoUnderflow,
};

/** @param slope PReLU's, as it is learned; of others it is not looked at */
export function gradientPasses(activation: Activation, slope: number | undefined) {
  const passes = PASSES[nameOf(activation)];
  const given = slope ?? parameterOf(activation);
  return (h: number) => passes(h, given);
}
