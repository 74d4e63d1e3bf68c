/** The points that networks are trained on, and their standardization (thesis, section 3.1 and Table 3.1). */
import { datasetStream } from "./random.js";
import type { DatasetSpec, TargetFunction } from "./trial.js";

const FUNCTIONS: Record<TargetFunction, (x: number) => number> = { abs: Math.abs };

/** Where samples are drawn from, in original units. */
export const DOMAIN: readonly [number, number] = [-1, 1];

export interface Dataset {
  /** Inputs in original units, [samples]. */
  readonly x: Float64Array;
  /** Targets in original units, [samples]. */
  readonly t: Float64Array;
  /** Standardized inputs, [samples]: what a network sees. */
  readonly inputs: Float32Array;
  /** Both ends of the domain, standardized as the inputs are but not rounded to float32. */
  readonly inputDomain: readonly [number, number];
  /** Standardized targets, [samples]: what it is trained towards. */
  readonly targets: Float32Array;
  /** Takes targets and predictions back to original units: `value * targetDeviation + targetMean`. */
  readonly targetMean: number;
  readonly targetDeviation: number;
}

/** Draws x uniform in [-1, 1), evaluates t = f(x), and standardizes both. */
export function makeDataset(spec: DatasetSpec): Dataset {
  const stream = datasetStream(spec.generator, spec.seed);
  const [low, high] = DOMAIN;
  const x = Float64Array.from({ length: spec.samples }, () => low + (high - low) * stream());
  const t = x.map(FUNCTIONS[spec.function]);
  const inputs = standardize(x);
  const targets = standardize(t);
  return {
    x,
    t,
    inputs: inputs.values,
    inputDomain: [inputs.standardized(low), inputs.standardized(high)],
    targets: targets.values,
    targetMean: targets.mean,
    targetDeviation: targets.deviation,
  };
}

/**
 * (value - mean) / deviation, in float64 and then rounded to float32; the deviation is the
 * unbiased one, over n - 1.
 *
 * @param values at least two, not all equal
 */
export function standardize(values: Float64Array): {
  values: Float32Array;
  mean: number;
  deviation: number;
  /** As the values are, before they are rounded. */
  standardized: (value: number) => number;
} {
  const mean = sum(values) / values.length;
  const squares = values.map((value) => (value - mean) * (value - mean));
  const deviation = Math.sqrt(sum(squares) / (values.length - 1));
  const standardized = (value: number) => (value - mean) / deviation;
  return { values: Float32Array.from(values, standardized), mean, deviation, standardized };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
