/** The points that networks are trained on, and their standardization (thesis, section 3.1 and Table 3.1). */
import { dimensionsOf } from "./dataset-dimensions.js";
import { type Chosen, type Domain, pointsOfFile, type RawPoints } from "./file-points.js";
import { datasetStream, namedStream, type Stream } from "./random.js";
import { TARGETS } from "./target-functions.js";
import { type DatasetSpec, type DrawnDataset, isOfFile, type Standardized } from "./trial.js";

/** Where inputs are drawn from where a dataset does not say, in original units. */
export const DOMAIN: Domain = [-1, 1];

/** Points in original units, and inputs as a network sees them. */
export interface Points extends RawPoints {
  /** x, scaled: [samples, inputs]. */
  readonly inputs: Float32Array;
}

/** How numbers of original units are taken to those of training: (value - mean) / deviation. */
export interface Scaling {
  readonly mean: number;
  readonly deviation: number;
}

export interface Dataset extends Points {
  /** Scaled targets, [samples, outputs]: what a network is trained towards. */
  readonly targets: Float32Array;
  /** Both ends of each input's domain, in original units. */
  readonly domains: readonly Domain[];
  /** The same, scaled as the inputs are but not rounded to float32. */
  readonly inputDomains: readonly Domain[];
  /** Of each input: takes scaled ones back to original units, as `unscaled` does. */
  readonly inputScalings: readonly Scaling[];
  /** Of each output: takes predictions back to original units, as `value * deviation + mean`. */
  readonly targetScalings: readonly Scaling[];
  /** Points that networks are judged on and not trained on, scaled as the others are; none where not asked for. */
  readonly test?: Points;
}

/** What a dataset scales. */
export const STANDARDIZES: Readonly<Record<Standardized, { inputs: boolean; targets: boolean }>> = {
  both: { inputs: true, targets: true },
  inputs: { inputs: true, targets: false },
  targets: { inputs: false, targets: true },
  none: { inputs: false, targets: false },
};

/**
 * The points of a dataset, scaled for training.
 *
 * @throws Error where the points of a file have not been read here
 */
export function makeDataset(spec: DatasetSpec): Dataset {
  const { standardize = "both", targetScale = 1 } = spec;
  const { inputs, outputs } = dimensionsOf(spec);
  const { points, test, domains } = isOfFile(spec) ? pointsOfFile(spec) : drawnPoints(spec);
  const standardizes = STANDARDIZES[standardize];
  const inputScalings = scalings(points.x, inputs, standardizes.inputs, 1);
  const targetScalings = scalings(points.t, outputs, standardizes.targets, targetScale);
  const seen = (of: RawPoints): Points => ({ ...of, inputs: scaled(of.x, inputScalings) });
  return {
    ...seen(points),
    targets: scaled(points.t, targetScalings),
    domains,
    inputDomains: inputScalings.map((of, input) => {
      const [low, high] = domains[input];
      return [scale(low, of), scale(high, of)];
    }),
    inputScalings,
    targetScalings,
    ...(test && { test: seen(test) }),
  };
}

/** Draws each x uniform in the domain, and evaluates t = f(x). */
function drawnPoints(spec: DrawnDataset): Chosen {
  const { samples, generator, seed, domain = DOMAIN, testSamples = 0 } = spec;
  return {
    points: draw(spec, samples, datasetStream(generator, seed)),
    domains: Array.from({ length: TARGETS[spec.function].inputs }, () => domain),
    ...(testSamples > 0 && { test: draw(spec, testSamples, namedStream(seed, "dataset/test")) }),
  };
}

function draw({ function: name, domain = DOMAIN }: DrawnDataset, samples: number, stream: Stream) {
  const { inputs, outputs, evaluate } = TARGETS[name];
  const [low, high] = domain;
  const x = Float64Array.from({ length: samples * inputs }, () => low + (high - low) * stream());
  const t = new Float64Array(samples * outputs);
  for (let s = 0; s < samples; s++) {
    t.set(evaluate([...x.subarray(s * inputs, (s + 1) * inputs)]), s * outputs);
  }
  return { samples, x, t };
}

function scale(value: number, { mean, deviation }: Scaling): number {
  return (value - mean) / deviation;
}

/** A number of training in original units. */
export function unscaled(value: number, { mean, deviation }: Scaling): number {
  return value * deviation + mean;
}

/** @param values [rows, columns]; a scaling per column */
function scaled(values: Float64Array, columns: readonly Scaling[]): Float32Array {
  return Float32Array.from(values, (value, i) => scale(value, columns[i % columns.length]));
}

/** A scaling per column of values [rows, columns]; `times` is what scaled values are multiplied by. */
function scalings(
  values: Float64Array,
  columns: number,
  standardizes: boolean,
  times: number,
): Scaling[] {
  return Array.from({ length: columns }, (_, column) => {
    const own = values.filter((_, i) => i % columns === column);
    const { mean, deviation } = standardizes ? standardization(own) : { mean: 0, deviation: 1 };
    return { mean, deviation: deviation / times };
  });
}

/**
 * The mean, and the unbiased deviation, over n - 1; both in float64. Values that are all equal have a
 * deviation of 1 instead of 0, so that they become 0.
 *
 * @param values at least two
 */
export function standardization(values: Float64Array): Scaling {
  const mean = sum(values) / values.length;
  const squares = values.map((value) => (value - mean) * (value - mean));
  return { mean, deviation: Math.sqrt(sum(squares) / (values.length - 1)) || 1 };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
