/** Lays out the kernel's memory for the trials of a batch, and writes there what they have in common. */
import type { Dataset } from "../../model/dataset.js";
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import {
  firstLayerRead,
  parameterCount,
  parameterLayout,
  skipsLayers,
  wiringOf,
} from "../../model/layout.js";
import {
  type Activation,
  type Cell,
  type NameOf,
  type Network,
  nameOf,
  type Optimizer,
  parameterOf,
} from "../../model/trial.js";
import { biasCorrections } from "../bias-corrections.js";
import type { Batch } from "../contract.js";
import { lookFor } from "../looks.js";
import { samplesPerStep, shuffles } from "../steps.js";
import * as codes from "./codes.js";
import { fillLanes, indexOf, type Kernel } from "./kernel.js";

export const OPTIMIZERS = {
  adam: { code: codes.ADAM, correctsBias: true },
  sgd: { code: codes.SGD, correctsBias: false },
  momentum: { code: codes.MOMENTUM, correctsBias: false },
} satisfies Record<Optimizer, { code: number; correctsBias: boolean }>;

const ACTIVATIONS = {
  relu: codes.RELU,
  "leaky-relu": codes.LEAKY_RELU,
  prelu: codes.PRELU,
  elu: codes.ELU,
  gelu: codes.GELU,
  silu: codes.SILU,
} satisfies Record<NameOf<Activation>, number>;

/** What a batch asks for beside the trainings themselves. */
type Wanted = Pick<Batch, "recordLosses" | "threshold">;

/** WebAssembly's addresses end here. */
const MOST_BYTES = 2 ** 32;

/** @returns the bytes that the kernel needs for a batch of such trials */
function layOut(kernel: Kernel, cell: Cell, { recordLosses, threshold }: Wanted = {}): number {
  const { depth, width, activation, epochs, dataset } = cell;
  const { inputs, outputs } = dimensionsOf(dataset);
  const { addsUp, trainsHidden } = wiringOf(cell);
  const { samples, testSamples = 0 } = dataset;
  return kernel.layOut(
    ...[depth, width, inputs, outputs, parameterCount(cell)],
    ACTIVATIONS[nameOf(activation)],
    ...[samples, Math.min(samples, samplesPerStep(cell, samples)), testSamples, epochs],
    (recordLosses ? codes.RECORDS_LOSSES : 0) |
      (shuffles(cell) ? codes.SHUFFLES : 0) |
      (addsUp ? codes.ADDS_UP : 0) |
      (skipsLayers(cell) ? codes.SKIPS_LAYERS : 0) |
      (trainsHidden ? 0 : codes.KEEPS_HIDDEN) |
      (threshold === undefined ? 0 : codes.LOOKS),
  );
}

/** @returns why trials of the cell do not fit the kernel's memory, and the remedy, where they do not */
export function memoryRefusal(kernel: Kernel, cell: Cell): string | undefined {
  const bytes = layOut(kernel, cell);
  if (bytes <= MOST_BYTES) return undefined;
  return (
    `${sizesOf(cell)}: training four such networks at once would take the fused engine about ` +
    `${(bytes / 2 ** 30).toFixed(1)} GiB, and its memory ends at ${MOST_BYTES / 2 ** 30} GiB; ` +
    "take a smaller network, fewer samples or engine reference"
  );
}

function sizesOf({ depth, width, dataset: { samples, testSamples = 0 }, epochs }: Cell): string {
  const test = testSamples > 0 ? `, ${testSamples} test samples` : "";
  return `depth ${depth}, width ${width}, ${samples} samples${test} and ${epochs} epochs`;
}

/** Lays out the kernel's memory for the batch and writes there what all its trials have in common. */
export function prepare(kernel: Kernel, batch: Batch, dataset: Dataset): void {
  const {
    trials: [trial],
    threshold,
  } = batch;
  layOut(kernel, trial, batch);
  if (!kernel.grow()) {
    throw new Error(`the fused engine cannot get the memory for ${sizesOf(trial)}`);
  }
  fillLanes(kernel, kernel.inputs, [dataset.inputs]);
  fillLanes(kernel, kernel.targets, [dataset.targets]);
  if (dataset.test) fillLanes(kernel, kernel.testInputs, [dataset.test.inputs]);
  if (threshold !== undefined) {
    const { weights, limit } = lookFor(dataset, threshold);
    fillLanes(kernel, kernel.errorWeights, [weights]);
    fillLanes(kernel, kernel.lossLimit, [Float32Array.of(limit)]);
  }
  const { activation, optimizer, epochs } = trial;
  fillLanes(kernel, kernel.activationParameter, [Float32Array.of(parameterOf(activation))]);
  const floats = new Float32Array(kernel.memory.buffer);
  if (OPTIMIZERS[optimizer].correctsBias) {
    floats.set(biasCorrections(epochs), indexOf(kernel.biasCorrections));
  }
  const integers = new Int32Array(kernel.memory.buffer);
  integers.set(layerTable(trial), indexOf(kernel.layerTable));
}

/** The layout as the kernel reads it: hidden layers and output neurons, [depth + 1, LAYER_FIELDS]. */
function layerTable(network: Network): Int32Array {
  const { depth, width } = network;
  const { hidden, output } = parameterLayout(network);
  const wiring = wiringOf(network);
  const first = firstLayerRead(network);
  const inputs = output.inputs - (depth - first) * width;
  const table = new Int32Array((depth + 1) * codes.LAYER_FIELDS);
  for (const [l, layer] of [...hidden, { ...output, slope: undefined }].entries()) {
    const row = table.subarray(l * codes.LAYER_FIELDS, (l + 1) * codes.LAYER_FIELDS);
    row[codes.INPUTS] = layer.inputs;
    row[codes.OUTPUTS] = layer.outputs;
    row[codes.WEIGHTS] = layer.weights;
    row[codes.BIASES] = layer.biases;
    row[codes.FIRST_READ] = (l < depth ? wiring.hidden(l) : wiring.output(depth)).from;
    const isRead = first <= l && l < depth;
    row[codes.OUTPUT_WEIGHTS] = isRead ? output.weights + inputs + (l - first) * width : codes.NONE;
    row[codes.SLOPE] = layer.slope ?? codes.NONE;
  }
  return table;
}
