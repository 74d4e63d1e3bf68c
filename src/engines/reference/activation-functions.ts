/**
 * The activation functions as they are trained, each forward with its backward. As everywhere, `round`
 * follows every operation: this is where their order is fixed. Where a derivative has a jump it takes the
 * value from below, as PyTorch's do.
 */
import { type Activation, type NameOf, nameOf, parameterOf } from "../../model/trial.js";
import type { Precision } from "./precision.js";

export interface ActivationFunction {
  /** f(z) */
  value(z: number): number;
  /** dL/dz from dL/dh, where h = f(z). */
  backward(dh: number, z: number, h: number): number;
  /** What z adds to the gradient of the layer's slope, where that is learned. */
  slopeGradient?(dh: number, z: number): number;
}

/** @param slope PReLU's, as learned so far; others do not look at it */
type Make = (precision: Precision, parameter: number, slope: () => number) => ActivationFunction;

/** z < 0 ? 0 : z, so that NaN stays NaN and an overflow shows. */
const relu: Make = () => ({
  value: (z) => (z < 0 ? 0 : z),
  backward: (dh, _, h) => (h > 0 ? dh : 0),
});

const leakyRelu: Make = ({ round }, parameter) => {
  const slope = round(parameter);
  return {
    value: (z) => (z > 0 ? z : round(slope * z)),
    backward: (dh, _, h) => (h > 0 ? dh : round(slope * dh)),
  };
};

const prelu: Make = ({ round }, _, slope) => ({
  value: (z) => (z > 0 ? z : round(slope() * z)),
  backward: (dh, z) => (z > 0 ? dh : round(slope() * dh)),
  slopeGradient: (dh, z) => (z > 0 ? 0 : round(z * dh)),
});

/** α(eᶻ - 1) below 0, whose derivative is h + α. */
const elu: Make = ({ round, expm1 }, parameter) => {
  const alpha = round(parameter);
  return {
    value: (z) => (z > 0 ? z : round(alpha * expm1(z))),
    backward: (dh, _, h) => (h > 0 ? dh : round(dh * round(h + alpha))),
  };
};

/** zΦ(z), whose derivative is Φ(z) + zφ(z). */
const gelu: Make = ({ round, exp, normalCdf }) => {
  const density = round(1 / Math.sqrt(2 * Math.PI));
  return {
    value: (z) => round(z * normalCdf(z)),
    backward: (dh, z) => {
      const phi = round(density * exp(round(round(-0.5 * z) * z)));
      return round(dh * round(normalCdf(z) + round(z * phi)));
    },
  };
};

/** zσ(z), whose derivative is σ(1 + z(1 - σ)), with σ = 1/(1 + e⁻ᶻ). */
const silu: Make = ({ round, exp }) => {
  const sigmoid = (z: number) => round(1 / round(1 + exp(-z)));
  return {
    value: (z) => round(z * sigmoid(z)),
    backward: (dh, z) => {
      const s = sigmoid(z);
      return round(dh * round(s * round(1 + round(z * round(1 - s)))));
    },
  };
};

const FUNCTIONS: Readonly<Record<NameOf<Activation>, Make>> = {
  relu,
  "leaky-relu": leakyRelu,
  prelu,
  elu,
  gelu,
  silu,
};

/** @param slope the layer's learned slope as it is at the time of a call */
export function activationFunction(
  activation: Activation,
  precision: Precision,
  slope: () => number,
): ActivationFunction {
  return FUNCTIONS[nameOf(activation)](precision, parameterOf(activation), slope);
}
