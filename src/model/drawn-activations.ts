/**
 * The activation functions that the thesis draws, each with its derivative beside it (thesis, sections 1.1 and 2.1). z is a
 * neuron's weighted sum. Where a derivative has a jump it takes the value from below, so that of
 * ReLU at 0 is 0, as in the engines.
 * These are for pictures: what networks are trained with stands with the engines, in their order of operations.
 */

export interface Activation {
  value(z: number): number;
  /** The derivative with respect to z. */
  derivative(z: number): number;
}

/** max(0, z) */
export const relu: Activation = {
  value: (z) => Math.max(z, 0),
  derivative: (z) => (z > 0 ? 1 : 0),
};

/**
 * z above 0, slope·z below (Maas, Hannun & Ng 2013, "Rectifier nonlinearities improve neural
 * network acoustic models").
 *
 * @param slope fixed; theirs is 0.01
 */
export function leakyRelu(slope = 0.01): Activation {
  return {
    value: (z) => (z > 0 ? z : slope * z),
    derivative: (z) => (z > 0 ? 1 : slope),
  };
}

/** A Leaky ReLU whose slope is trained as the weights are. */
export interface ParametricActivation extends Activation {
  /** The derivative with respect to the slope. */
  slopeDerivative(z: number): number;
}

/**
 * PReLU (He, Zhang, Ren & Sun 2015, "Delving deep into rectifiers").
 *
 * @param slope as trained so far; theirs starts from 0.25
 */
export function prelu(slope = 0.25): ParametricActivation {
  return { ...leakyRelu(slope), slopeDerivative: (z) => Math.min(z, 0) };
}

/**
 * z above 0, alpha·(eᶻ - 1) below (Clevert, Unterthiner & Hochreiter 2016, "Fast and accurate deep
 * network learning by exponential linear units").
 *
 * @param alpha above 0; -alpha is the value far below 0
 */
export function elu(alpha = 1): Activation {
  return {
    value: (z) => (z > 0 ? z : alpha * Math.expm1(z)),
    derivative: (z) => (z > 0 ? 1 : alpha * Math.exp(z)),
  };
}
