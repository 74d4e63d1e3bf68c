/**
 * When a network comes under a threshold and stays there. An engine looks at the loss over all samples, as
 * the network is, before the first step and after every pass through the samples. The RMSE of a look is the
 * root of that float32 loss in original units, as in the curves of `rmsePerEpoch`.
 */
import type { Dataset } from "../model/dataset.js";
import { commonDeviation, type UnderThreshold } from "../model/outcome.js";
import type { Recipe } from "../model/trial.js";
import { stepsPerPass } from "./steps.js";

/** How a look is judged. */
export interface Look {
  /** What each output's error counts, [outputs]: its deviation as a part of the common one, 1 of a single output. */
  readonly weights: Float32Array;
  /** The largest loss Σ(weight·(y - t))²/n in float32 that is not above the threshold; what is NaN is above. */
  readonly limit: number;
}

/** @param threshold an RMSE in original units, above 0 */
export function lookFor({ targetScalings }: Dataset, threshold: number): Look {
  const common = commonDeviation(targetScalings);
  return {
    weights: Float32Array.from(targetScalings, ({ deviation }) => deviation / common),
    limit: largestLoss(threshold, common),
  };
}

const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** The largest finite float32 number whose root times the deviation is at most the threshold. */
function largestLoss(threshold: number, deviation: number): number {
  const isUnder = (loss: number) => Math.sqrt(loss) * deviation <= threshold;
  let loss = Math.fround(Math.min((threshold / deviation) ** 2, LARGEST));
  while (!isUnder(loss)) loss = neighbour(loss, -1);
  while (loss < LARGEST && isUnder(neighbour(loss, 1))) loss = neighbour(loss, 1);
  return loss;
}

/** The next float32 number above one that is not negative, or below it. */
function neighbour(value: number, step: 1 | -1): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0] += step;
  return new Float32Array(bits.buffer)[0];
}

/**
 * @param lastAbove the epochs done at the last look, of those before the last epoch's end, at which the
 * network was above the threshold; -1 where it was at none
 * @returns from which look on it was not, as far as these looks say
 */
export function underFrom(
  recipe: Pick<Recipe, "trainingStyle" | "epochs">,
  samples: number,
  threshold: number,
  lastAbove: number,
): UnderThreshold {
  const next = lastAbove < 0 ? 0 : lastAbove + stepsPerPass(recipe, samples);
  return { threshold, from: Math.min(next, recipe.epochs) };
}
