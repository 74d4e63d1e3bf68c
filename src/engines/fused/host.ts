/**
 * The fused engine: hands batches to the kernel (assembly/), four networks at a time, and reads
 * back what it left in memory. No Node module is imported here, so that it runs in a browser.
 */
import { type Dataset, makeDataset } from "../../model/dataset.js";
import { initialParameters } from "../../model/initialization.js";
import { firstLayerRead, parameterLayout } from "../../model/layout.js";
import type { Training } from "../../model/outcome.js";
import {
  type Connection,
  type Network,
  type Optimizer,
  phraseOf,
  type Trial,
} from "../../model/trial.js";
import { biasCorrections } from "../bias-corrections.js";
import { type Batch, type Engine, refuseBatch, type Trained } from "../contract.js";
import { FLOAT32_NUMERICS } from "../reference/engine.js";
import { samplesPerStep } from "../steps.js";
import {
  ADAM,
  BIASES,
  INPUTS,
  LAYER_FIELDS,
  MOMENTUM,
  NOT_READ,
  OUTPUT_WEIGHTS,
  OUTPUTS,
  RELU,
  SGD,
  WEIGHTS,
} from "./codes.js";
import { type Address, fillLanes, indexOf, type Kernel, LANES, readLane } from "./kernel.js";

const OPTIMIZERS = {
  adam: { code: ADAM, correctsBias: true },
  sgd: { code: SGD, correctsBias: false },
  momentum: { code: MOMENTUM, correctsBias: false },
} satisfies Record<Optimizer, { code: number; correctsBias: boolean }>;

/**
 * Whether gradients reach the layers below a dead one by other ways than through it. Where they do
 * not, those layers may be frozen (assembly/frozen.ts).
 */
const GRADIENTS_PASS_DEAD_LAYERS = {
  plain: false,
  "late-residual": true,
  residual: true,
  dense: true,
  "late-residual-frozen": true,
} satisfies Record<Connection, boolean>;

const TRAINS: Trained = {
  depth: "all",
  width: "all",
  connection: ["plain", "late-residual"],
  optimizer: ["adam", "sgd"],
  learningRate: "all",
  trainingStyle: ["iterative", "batch"],
  epochs: "all",
  dataset: "all",
  activation: ["relu"],
  initialization: "all",
  bias: "all",
};

export interface FusedOptions {
  /** Leave out what provably changes nothing. The results are the same to the bit; true by default. */
  readonly shortcuts?: boolean;
}

export interface FusedEngine extends Engine {
  /** What the shortcuts left out of the last four trials, or fewer, that were trained together. */
  leftOut(): { readonly frozenLayers: number; readonly skippedEpochs: number };
  /** Milliseconds spent in the kernel's training loop so far. */
  kernelMs(): number;
}

/** Of 64 KiB: far more than most networks take. Pages that are not used take no memory. */
const FIRST_PAGES = 256;

/**
 * @param module the compiled kernel
 * @throws RangeError where there is no memory for the kernel; the engine throws an Error where a batch needs more memory than WebAssembly has (4 GiB)
 */
export function makeFusedEngine(
  module: WebAssembly.Module,
  { shortcuts = true }: FusedOptions = {},
): FusedEngine {
  const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
  // A memory that cannot grow a little would fail one trial after the other: better no engine.
  kernel.memory.grow(FIRST_PAGES);
  let kernelMs = 0;
  const mayFreeze = ({ connection }: Trial) => shortcuts && !GRADIENTS_PASS_DEAD_LAYERS[connection];
  /** @returns the milliseconds that it took */
  const run = (trial: Trial) => {
    const start = performance.now();
    const { code } = OPTIMIZERS[trial.optimizer];
    kernel.train(RELU, code, Number(mayFreeze(trial)), Number(shortcuts));
    const took = performance.now() - start;
    kernelMs += took;
    return took;
  };
  const engine: FusedEngine = {
    name: "fused",
    trains: TRAINS,
    numerics: FLOAT32_NUMERICS,
    bitStable: true,
    lanes: LANES,
    mostTrials: 1024,
    speed: { operationsPerSecond: 12e9, secondsPerLayer: 0 },
    train(batch) {
      refuseBatch(engine, batch);
      const { trials } = batch;
      const dataset = makeDataset(trials[0].dataset);
      prepare(kernel, batch, dataset);
      const initial = batch.initial ?? initialOf(trials);
      const order = trials.map((_, index) => index);
      if (mayFreeze(trials[0])) orderByFrozenLayers(kernel, trials, initial, order);
      const trainings = new Array<Training>(trials.length);
      for (let first = 0; first < order.length; first += LANES) {
        const indices = order.slice(first, first + LANES);
        const trained = trainVector(kernel, run, batch, initial, indices);
        indices.forEach((index, lane) => {
          trainings[index] = trained[lane];
        });
      }
      return trainings;
    },
    leftOut: () => ({
      frozenLayers: kernel.frozenLayers.value,
      skippedEpochs: kernel.skippedEpochs.value,
    }),
    kernelMs: () => kernelMs,
  };
  return engine;
}

/** Trials that differ in nothing but their learning rate start alike. */
function initialOf(trials: readonly Trial[]): Float32Array[] {
  const drawn = new Map<string, Float32Array>();
  return trials.map((trial) => {
    const { seed, initialization, bias } = trial;
    const drawnFrom = `${seed} ${initialization} ${phraseOf(bias)}`;
    const parameters = drawn.get(drawnFrom) ?? initialParameters(trial, seed);
    drawn.set(drawnFrom, parameters);
    return parameters;
  });
}

/** Lays out the kernel's memory for the batch and writes there what all its trials have in common. */
export function prepare(
  kernel: Kernel,
  { trials, recordLosses = false }: Batch,
  dataset: Dataset,
): void {
  const { depth, width, optimizer, epochs } = trials[0];
  const { count } = parameterLayout(trials[0]);
  const samples = dataset.inputs.length;
  const seen = samplesPerStep(trials[0], samples);
  if (!kernel.prepare(depth, width, count, samples, seen, epochs, Number(recordLosses))) {
    throw new Error(
      `the fused engine cannot get the memory for depth ${depth}, width ${width}, ` +
        `${samples} samples and ${epochs} epochs`,
    );
  }
  fillLanes(kernel, kernel.inputs, [dataset.inputs]);
  fillLanes(kernel, kernel.targets, [dataset.targets]);
  const floats = new Float32Array(kernel.memory.buffer);
  if (OPTIMIZERS[optimizer].correctsBias) {
    floats.set(biasCorrections(epochs), indexOf(kernel.biasCorrections));
  }
  const integers = new Int32Array(kernel.memory.buffer);
  integers.set(layerTable(trials[0]), indexOf(kernel.layerTable));
}

/** The layout as the kernel reads it: hidden layers and output neuron, [depth + 1, LAYER_FIELDS]. */
function layerTable(network: Network): Int32Array {
  const { hidden, output } = parameterLayout(network);
  const first = firstLayerRead(network);
  const table = new Int32Array((hidden.length + 1) * LAYER_FIELDS);
  for (const [l, layer] of [...hidden, output].entries()) {
    const row = table.subarray(l * LAYER_FIELDS, (l + 1) * LAYER_FIELDS);
    row[INPUTS] = layer.inputs;
    row[OUTPUTS] = layer.outputs;
    row[WEIGHTS] = layer.weights;
    row[BIASES] = layer.biases;
    const isRead = first <= l && l < hidden.length;
    row[OUTPUT_WEIGHTS] = isRead ? output.weights + (l - first) * layer.outputs : NOT_READ;
  }
  return table;
}

/**
 * Sorts the trials by how many of their layers are frozen from the start. A layer is left out where
 * all networks of a vector have it frozen, so networks that freeze alike belong together.
 */
function orderByFrozenLayers(
  kernel: Kernel,
  trials: readonly Trial[],
  initial: readonly Float32Array[],
  order: number[],
): void {
  if (order.length <= LANES) return;
  const frozen = new Int32Array(order.length);
  const counts = new Int32Array(kernel.memory.buffer, 4 * indexOf(kernel.frozenCounts), LANES);
  for (let first = 0; first < order.length; first += LANES) {
    const indices = order.slice(first, first + LANES);
    writeNetworks(kernel, trials, initial, indices);
    kernel.countFrozen(RELU);
    frozen.set(counts.subarray(0, indices.length), first);
  }
  order.sort((a, b) => frozen[a] - frozen[b]);
}

/** Trains the trials with these indices, at most four. */
function trainVector(
  kernel: Kernel,
  run: (trial: Trial) => number,
  batch: Batch,
  initial: readonly Float32Array[],
  indices: readonly number[],
): Training[] {
  const { trials, recordLosses = false } = batch;
  const { depth, width, epochs, dataset } = trials[0];
  writeNetworks(kernel, trials, initial, indices);
  const read = (at: Address, lane: number, length: number) => readLane(kernel, at, lane, length);
  const outputs = (lane: number) => ({
    predictions: read(kernel.predictions, lane, dataset.samples),
    activations: read(kernel.activations, lane, depth * dataset.samples * width),
  });
  kernel.countFrozen(RELU);
  const atStart = indices.map((_, lane) => outputs(lane));
  const trainMs = run(trials[0]) / indices.length;
  return indices.map((index, lane) => {
    return {
      initial: initial[index],
      parameters: read(kernel.parameters, lane, initial[index].length),
      atStart: atStart[lane],
      ...outputs(lane),
      trainMs,
      ...(recordLosses && { losses: read(kernel.losses, lane, epochs) }),
    };
  });
}

/** Writes the learning rates and parameters of the trials with these indices, at most four. */
export function writeNetworks(
  kernel: Kernel,
  trials: readonly Trial[],
  initial: readonly Float32Array[],
  indices: readonly number[],
): void {
  const rates = indices.map((index) => Float32Array.of(trials[index].learningRate));
  fillLanes(kernel, kernel.learningRates, rates);
  const parameters = indices.map((index) => initial[index]);
  fillLanes(kernel, kernel.parameters, parameters);
}
