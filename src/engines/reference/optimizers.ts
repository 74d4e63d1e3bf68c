/** The optimizers, one step over all parameters, with PyTorch's conventions and defaults. */
import type { Optimizer } from "../../model/trial.js";
import { biasCorrections } from "../bias-corrections.js";
import { BETA1, BETA2, EPSILON, MOMENTUM } from "../optimizer-constants.js";
import type { Precision, Reals } from "./precision.js";

/** Changes the parameters by one step along the gradients; both are [count]. */
export type OptimizerStep = (parameters: Reals, gradients: Reals) => void;

const OPTIMIZERS = { adam, sgd, momentum } satisfies Record<
  Optimizer,
  (precision: Precision, rate: number, steps: number) => OptimizerStep
>;

export function makeOptimizer(
  optimizer: Optimizer,
  precision: Precision,
  learningRate: number,
  steps: number,
): OptimizerStep {
  return OPTIMIZERS[optimizer](precision, precision.round(learningRate), steps);
}

/** p -= rate·g */
function sgd({ round }: Precision, rate: number): OptimizerStep {
  return (parameters, gradients) => {
    for (let i = 0; i < parameters.length; i++) {
      parameters[i] = round(parameters[i] - round(rate * gradients[i]));
    }
  };
}

/** v = μv + g, p -= rate·v, where v starts at 0 (PyTorch's convention: the rate is no part of v). */
function momentum({ round, zeros }: Precision, rate: number): OptimizerStep {
  const mu = round(MOMENTUM);
  let v: Reals = zeros(0);
  return (parameters, gradients) => {
    if (v.length === 0) v = zeros(parameters.length);
    for (let i = 0; i < parameters.length; i++) {
      v[i] = round(round(mu * v[i]) + gradients[i]);
      parameters[i] = round(parameters[i] - round(rate * v[i]));
    }
  };
}

/**
 * m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate·c₁·m / (√v·c₂ + ε), where c₁ = 1/(1-β₁ᵏ) and
 * c₂ = 1/√(1-β₂ᵏ) at step k. PyTorch divides √v by √(1-β₂ᵏ); the product with its inverse, at most
 * some last bits off, saves a division.
 */
function adam({ round, zeros }: Precision, rate: number, steps: number): OptimizerStep {
  const beta1 = round(BETA1);
  const rest1 = round(1 - BETA1);
  const beta2 = round(BETA2);
  const rest2 = round(1 - BETA2);
  const epsilon = round(EPSILON);
  const corrections = biasCorrections(steps);
  let step = 0;
  let m: Reals = zeros(0);
  let v: Reals = zeros(0);
  return (parameters, gradients) => {
    if (step === 0) {
      m = zeros(parameters.length);
      v = zeros(parameters.length);
    }
    const stepRate = round(rate * corrections[2 * step]);
    const c2 = corrections[2 * step + 1];
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      m[i] = round(round(beta1 * m[i]) + round(rest1 * g));
      v[i] = round(round(beta2 * v[i]) + round(round(rest2 * g) * g));
      const denominator = round(epsilon + round(round(Math.sqrt(v[i])) * c2));
      parameters[i] = round(parameters[i] - round(round(stepRate * m[i]) / denominator));
    }
    step++;
  };
}
