/**
 * The fused engine: hands batches to the kernel (assembly/), four networks at a time, and reads
 * back what it left in memory. No Node module is imported here, so that it runs in a browser.
 */
import { axisOf, BORN_AXES } from "../../model/axes.js";
import { keyOfValue } from "../../model/cells.js";
import { makeDataset } from "../../model/dataset.js";
import { initialParameters } from "../../model/initialization.js";
import { skipsLayers, wiringOf } from "../../model/layout.js";
import type { Training } from "../../model/outcome.js";
import type { Trial } from "../../model/trial.js";
import { type Engine, refuseBatch, type Trained } from "../contract.js";
import { FLOAT32_NUMERICS } from "../reference/engine.js";
import { indexOf, type Kernel, LANES } from "./kernel.js";
import { memoryRefusal, OPTIMIZERS, prepare } from "./memory.js";
import { trainVector, writeNetworks } from "./vector.js";

/**
 * Whether layers may be frozen (assembly/frozen.ts): those below a dead one, where gradients do not reach
 * them but through it, or those that are kept as they were drawn.
 */
function freezes(trial: Trial): boolean {
  const { addsUp, trainsHidden } = wiringOf(trial);
  return !trainsHidden || !(addsUp || skipsLayers(trial));
}

const TRAINS: Trained = {
  depth: "all",
  width: "all",
  connection: ["plain", "late-residual", "residual", "dense", "late-residual-frozen"],
  optimizer: ["adam", "sgd", "momentum"],
  learningRate: "all",
  trainingStyle: ["iterative", "batch", "mini-batch"],
  epochs: "all",
  dataset: "all",
  activation: ["relu", "leaky-relu", "prelu", "elu", "gelu", "silu"],
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
 * @throws RangeError where there is no memory for the kernel; the engine throws an Error where it cannot
 * get what a batch needs
 */
export function makeFusedEngine(
  module: WebAssembly.Module,
  { shortcuts = true }: FusedOptions = {},
): FusedEngine {
  const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
  // A memory that cannot grow a little would fail one trial after the other: better no engine.
  kernel.memory.grow(FIRST_PAGES);
  let kernelMs = 0;
  const mayFreeze = (trial: Trial) => shortcuts && freezes(trial);
  /** @returns the milliseconds that it took */
  const run = (trial: Trial) => {
    const start = performance.now();
    const { code } = OPTIMIZERS[trial.optimizer];
    kernel.train(code, Number(mayFreeze(trial)), Number(shortcuts));
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
    tooLarge: (cell) => memoryRefusal(kernel, cell),
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

/** In which trials of a batch may start otherwise, beside their seeds. */
const MAY_DIFFER = BORN_AXES.filter((name) => axisOf(name).sharesBatch);

/** Trials that differ in nothing but their learning rate start alike. */
function initialOf(trials: readonly Trial[]): Float32Array[] {
  const drawn = new Map<string, Float32Array>();
  return trials.map((trial) => {
    const drawnFrom = [trial.seed, ...MAY_DIFFER.map((name) => keyOfValue(trial[name]))].join(" ");
    const parameters = drawn.get(drawnFrom) ?? initialParameters(trial, trial.seed);
    drawn.set(drawnFrom, parameters);
    return parameters;
  });
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
    kernel.evaluate();
    frozen.set(counts.subarray(0, indices.length), first);
  }
  order.sort((a, b) => frozen[a] - frozen[b]);
}
