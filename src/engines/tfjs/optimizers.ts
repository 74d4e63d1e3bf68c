/**
 * Optimizers over a stack, with a learning rate per trial. tf.train.adam and tf.train.sgd take a single
 * number for it, so trials that differ in it could not share a stack. Besides, tf.train.adam powers
 * its betas in float32, where 1 - 0.999 has four digits: its first step is off by 1e-5 of itself.
 */
import type { Optimizer } from "../../model/trial.js";
import { biasCorrections } from "../bias-corrections.js";
import { BETA1, BETA2, EPSILON, MOMENTUM } from "../optimizer-constants.js";
import { tf } from "./tensorflow-js.js";

export interface StackOptimizer {
  /**
   * Changes the variables by one step.
   *
   * @param gradients one per variable, in their order and shapes
   */
  step(gradients: readonly tf.Tensor[]): void;
  /** Gives back the optimizer's own tensors; the variables stay. */
  dispose(): void;
}

const OPTIMIZERS = { adam, sgd, momentum } satisfies Record<
  Optimizer,
  (variables: readonly tf.Variable[], rates: tf.Tensor3D, steps: number) => StackOptimizer
>;

/**
 * @param variables [..., trials, rows, columns]
 * @param learningRates one per trial
 * @param steps how many steps there will be at most
 */
export function makeStackOptimizer(
  optimizer: Optimizer,
  variables: readonly tf.Variable[],
  learningRates: readonly number[],
  steps: number,
): StackOptimizer {
  const rates = tf.tensor3d(Float32Array.from(learningRates), [learningRates.length, 1, 1]);
  return OPTIMIZERS[optimizer](variables, rates, steps);
}

/** p -= rate·g */
function sgd(variables: readonly tf.Variable[], rates: tf.Tensor3D): StackOptimizer {
  return {
    step: (gradients) =>
      tf.tidy(() => {
        variables.forEach((p, i) => {
          p.assign(tf.sub(p, tf.mul(rates, gradients[i])));
        });
      }),
    dispose: () => rates.dispose(),
  };
}

/** v = μv + g, p -= rate·v, where v starts at 0 */
function momentum(variables: readonly tf.Variable[], rates: tf.Tensor3D): StackOptimizer {
  const velocities = variables.map((p) => tf.tidy(() => tf.variable(tf.zerosLike(p), false)));
  return {
    step: (gradients) =>
      tf.tidy(() => {
        variables.forEach((p, i) => {
          velocities[i].assign(tf.add(tf.mul(velocities[i], MOMENTUM), gradients[i]));
          p.assign(tf.sub(p, tf.mul(rates, velocities[i])));
        });
      }),
    dispose: () => tf.dispose([rates, velocities]),
  };
}

/**
 * m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate·c₁·m / (√v·c₂ + ε), where c₁ = 1/(1-β₁ᵏ) and
 * c₂ = 1/√(1-β₂ᵏ) at step k (Kingma & Ba, 2015, algorithm 1, with PyTorch's ε of 1e-8, which stands
 * outside the root; tf.train.adam's stands there too, but is 1e-7 unless told).
 */
function adam(
  variables: readonly tf.Variable[],
  rates: tf.Tensor3D,
  steps: number,
): StackOptimizer {
  const zeros = (like: tf.Tensor) => tf.tidy(() => tf.variable(tf.zerosLike(like), false));
  const moments = variables.map((p) => ({ m: zeros(p), v: zeros(p) }));
  const corrections = biasCorrections(steps);
  let k = 0;
  return {
    step: (gradients) => {
      const [c1, c2] = corrections.subarray(2 * k, 2 * k + 2);
      tf.tidy(() => {
        const stepRates = tf.mul(rates, c1);
        variables.forEach((p, i) => {
          const { m, v } = moments[i];
          const g = gradients[i];
          m.assign(tf.add(tf.mul(m, BETA1), tf.mul(g, 1 - BETA1)));
          v.assign(tf.add(tf.mul(v, BETA2), tf.mul(tf.square(g), 1 - BETA2)));
          const denominator = tf.add(tf.mul(tf.sqrt(v), c2), EPSILON);
          p.assign(tf.sub(p, tf.div(tf.mul(stepRates, m), denominator)));
        });
      });
      k++;
    },
    dispose: () => {
      rates.dispose();
      for (const { m, v } of moments) tf.dispose([m, v]);
    },
  };
}
