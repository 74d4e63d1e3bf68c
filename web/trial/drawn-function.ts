/** The function that a network of one input is, in original units: exact where that can be worked out. */
import { type Dataset, makeDataset } from "../../src/model/dataset.js";
import {
  type ExactFunction,
  exactFunction,
  inOriginalUnits,
} from "../../src/model/exact-function.js";
import { unstandardized } from "../../src/model/outcome.js";
import { forward, makeWorkspace } from "../../src/engines/reference/network.js";
import { float32 } from "../../src/engines/reference/precision.js";
import type { Watched } from "../training/watched.js";

export interface DrawnFunction {
  readonly dataset: Dataset;
  /** [points], rising. */
  readonly x: readonly number[];
  /** [points, outputs] */
  readonly y: ArrayLike<number>;
  /** Of a piecewise linear network: each inner point is a kink. */
  readonly exact: ExactFunction | undefined;
}

const POINTS = 400;

/** @returns undefined of several inputs, and where numbers overflowed */
export function drawnFunction({ trial, parameters, outcome }: Watched): DrawnFunction | undefined {
  const dataset = makeDataset(trial.dataset);
  if (dataset.x.length !== dataset.samples || outcome.state !== "trained") return undefined;
  const found = exactFunction(trial, parameters, dataset.inputDomains);
  if (found) {
    const exact = inOriginalUnits(found, dataset);
    return { dataset, x: exact.outputs.at, y: exact.outputs.values, exact };
  }
  const [[low, high]] = dataset.inputDomains;
  const [[from, to]] = dataset.domains;
  const parts = Array.from({ length: POINTS + 1 }, (_, i) => i / POINTS);
  const space = makeWorkspace(float32, trial);
  const y = parts.flatMap((part) => [
    ...forward(float32, space, parameters, Float32Array.of(low + part * (high - low))),
  ]);
  return {
    dataset,
    x: parts.map((part) => from + part * (to - from)),
    y: unstandardized(dataset, Float32Array.from(y)),
    exact: undefined,
  };
}
