/** The layer table: what a layer reads, and where it has its parameters. The host writes it. */
import {
  BIASES,
  FIRST_READ,
  INPUTS,
  LAYER_FIELDS,
  NONE,
  OUTPUT_WEIGHTS,
  OUTPUTS,
  SLOPE,
  WEIGHTS,
} from "../src/engines/fused/codes";
import { elements } from "./lanes";
import { activationParameter, depth, layerTable, parameters } from "./memory";

/** Bytes of a row of the layer table. */
export const ROW: usize = <usize>LAYER_FIELDS << 2;

/** The row of `layer`; that of layer `depth` is the output neurons'. */
// @ts-ignore: decorator
@inline
export function rowOf(layer: i32): usize {
  return layerTable + <usize>layer * ROW;
}

// @ts-ignore: decorator
@inline
export function inputsOf(row: usize): i32 {
  return load<i32>(row, INPUTS << 2);
}

// @ts-ignore: decorator
@inline
export function outputsOf(row: usize): i32 {
  return load<i32>(row, OUTPUTS << 2);
}

/**
 * Where a layer has its weights [outputs, inputs], row by row, among the parameters, gradients or
 * moments that start at `base`.
 */
// @ts-ignore: decorator
@inline
export function weightsAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, WEIGHTS << 2));
}

/** The same of its biases [outputs]. */
// @ts-ignore: decorator
@inline
export function biasesAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, BIASES << 2));
}

/** Whether the output neuron reads the layer. */
// @ts-ignore: decorator
@inline
export function isRead(row: usize): bool {
  return load<i32>(row, OUTPUT_WEIGHTS << 2) != NONE;
}

/** The output neuron's weights [outputs] for a layer that it reads. */
// @ts-ignore: decorator
@inline
export function outputWeightsAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, OUTPUT_WEIGHTS << 2));
}

/** The output neurons' biases [O]. */
// @ts-ignore: decorator
@inline
export function outputBiasesAt(base: usize): usize {
  return biasesAt(base, rowOf(depth));
}

/** The first layer that a layer reads, -1 the input; it reads all from there to the one below it. */
// @ts-ignore: decorator
@inline
export function firstReadOf(row: usize): i32 {
  return load<i32>(row, FIRST_READ << 2);
}

/** The parameter of a layer's activation function: its learned slope, or what all layers have. */
// @ts-ignore: decorator
@inline
export function activationParameterOf(row: usize): usize {
  const slope = load<i32>(row, SLOPE << 2);
  return slope == NONE ? activationParameter : parameters + elements(slope);
}

/** Where the slope of a layer that learns one has its gradient, among those that start at `base`. */
// @ts-ignore: decorator
@inline
export function slopeAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, SLOPE << 2));
}
