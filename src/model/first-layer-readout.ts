/** How well the first hidden layer alone would do: the best output that could be read from it. */
import type { Dataset } from "./dataset.js";
import type { Network } from "./trial.js";

/**
 * What is left of a column where all but so small a part of it, relatively, is a combination of others, is
 * rounding: columns are float32.
 */
const ROUNDING = 1e-6;

/**
 * The RMSE over all samples and outputs, in original units, of the linear output of the first hidden layer that
 * has the least: weights and bias refitted by least squares, the layer as it is. A network whose output reads
 * all layers and that is no better than this owes nothing to those above the first.
 *
 * Gram and Schmidt's method, each column twice, which is enough (Giraud, Langou, Rozložník & van den Eshof
 * 2005, "Rounding error analysis of the classical Gram-Schmidt orthogonalization process").
 *
 * @param activations each hidden neuron's f(z), [depth, samples, width]
 * @returns undefined where a neuron of the layer overflowed
 */
export function firstLayerRmse(
  { width }: Pick<Network, "width">,
  dataset: Pick<Dataset, "samples" | "t">,
  activations: Float32Array,
): number | undefined {
  const { samples, t } = dataset;
  const layer = activations.subarray(0, samples * width);
  if (!layer.every(Number.isFinite)) return undefined;
  const basis = [new Float64Array(samples).fill(1 / Math.sqrt(samples))]; // the bias
  for (const column of columnsOf(layer, width)) {
    const whole = norm(column);
    removeFrom(column, basis);
    removeFrom(column, basis);
    const left = norm(column);
    if (left > ROUNDING * whole) basis.push(column.map((value) => value / left));
  }
  const residuals = columnsOf(t, t.length / samples);
  let squares = 0;
  for (const residual of residuals) {
    removeFrom(residual, basis);
    removeFrom(residual, basis);
    squares += norm(residual) ** 2;
  }
  return Math.sqrt(squares / t.length);
}

/** @param values [rows, columns] */
function columnsOf(values: Float32Array | Float64Array, columns: number): Float64Array[] {
  const rows = values.length / columns;
  return Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]),
  );
}

/** @param basis orthonormal columns, whose part of `column` is taken away */
function removeFrom(column: Float64Array, basis: readonly Float64Array[]): void {
  for (const direction of basis) {
    const part = dot(column, direction);
    for (let i = 0; i < column.length; i++) column[i] -= part * direction[i];
  }
}

function norm(column: Float64Array): number {
  return Math.sqrt(dot(column, column));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
