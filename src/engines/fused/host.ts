/**
 * The fused engine: hands batches to the kernel (assembly/), four networks at a time, and reads
 * back what it left in memory. No Node module is imported here, so that it runs in a browser.
 */
import { type Dataset, makeDataset } from "../../model/dataset.js";
import { initialParameters } from "../../model/initialization.js";
import type { Training } from "../../model/outcome.js";
import type { Trial } from "../../model/trial.js";
import { biasCorrections } from "../bias-corrections.js";
import type { Batch, Engine } from "../contract.js";
import { FLOAT32_NUMERICS } from "../reference/engine.js";

/** Networks per vector. */
const LANES = 4;

/** What assembly/index.ts exports; the places in memory are counted in f32s. */
interface Kernel {
  readonly memory: WebAssembly.Memory;
  prepare(
    depth: number,
    width: number,
    lateResidual: boolean,
    samples: number,
    epochs: number,
    recordLosses: boolean,
  ): number;
  train(useAdam: boolean, iterative: boolean, epochs: number, shortcuts: boolean): void;
  inputsAt(): number;
  targetsAt(): number;
  biasCorrectionsAt(): number;
  parametersAt(): number;
  learningRatesAt(): number;
  countFrozen(): void;
  frozenCountsAt(): number;
  readonly frozenLayers: WebAssembly.Global<"i32">;
  readonly skippedEpochs: WebAssembly.Global<"i32">;
  activationsAt(): number;
  predictionsAt(): number;
  lossesAt(): number;
}

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
  const run = (trial: Trial) => {
    const start = performance.now();
    const useAdam = trial.optimizer === "adam";
    kernel.train(useAdam, trial.trainingStyle === "iterative", trial.epochs, shortcuts);
    kernelMs += performance.now() - start;
  };
  return {
    name: "fused",
    numerics: FLOAT32_NUMERICS,
    bitStable: true,
    lanes: LANES,
    mostTrials: 1024,
    speed: { operationsPerSecond: 12e9, secondsPerLayer: 0 },
    refusal: () => undefined,
    train(batch) {
      const { trials } = batch;
      const dataset = makeDataset(trials[0].dataset);
      prepare(kernel, batch, dataset);
      const initial = batch.initial ?? initialOf(trials);
      const order = trials.map((_, index) => index);
      if (shortcuts) orderByFrozenLayers(kernel, trials[0], initial, order);
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
}

/** Trials of one seed, which differ in their learning rate, start alike. */
function initialOf(trials: readonly Trial[]): Float32Array[] {
  const bySeed = new Map<number, Float32Array>();
  return trials.map((trial) => {
    const parameters = bySeed.get(trial.seed) ?? initialParameters(trial, trial.seed);
    bySeed.set(trial.seed, parameters);
    return parameters;
  });
}

/** Lays out the kernel's memory for the batch and writes there what all its trials have in common. */
function prepare(kernel: Kernel, { trials, recordLosses = false }: Batch, dataset: Dataset): void {
  const { depth, width, connection, optimizer, epochs } = trials[0];
  const samples = dataset.inputs.length;
  const late = connection === "late-residual";
  if (!kernel.prepare(depth, width, late, samples, epochs, recordLosses)) {
    throw new Error(
      `the fused engine cannot get the memory for depth ${depth}, width ${width}, ` +
        `${samples} samples and ${epochs} epochs`,
    );
  }
  const floats = new Float32Array(kernel.memory.buffer);
  floats.set(dataset.inputs, kernel.inputsAt());
  floats.set(dataset.targets, kernel.targetsAt());
  if (optimizer === "adam") floats.set(biasCorrections(epochs), kernel.biasCorrectionsAt());
}

/**
 * Sorts the trials by how many of their layers are frozen from the start. A layer is left out where
 * all networks of a vector have it frozen, so networks that freeze alike belong together.
 */
function orderByFrozenLayers(
  kernel: Kernel,
  { connection }: Trial,
  initial: readonly Float32Array[],
  order: number[],
): void {
  if (connection === "late-residual" || order.length <= LANES) return;
  const frozen = new Int32Array(order.length);
  const counts = new Int32Array(kernel.memory.buffer, 4 * kernel.frozenCountsAt(), LANES);
  for (let first = 0; first < order.length; first += LANES) {
    const vector = initial.slice(first, first + LANES);
    fillLanes(kernel, kernel.parametersAt(), vector);
    kernel.countFrozen();
    frozen.set(counts.subarray(0, vector.length), first);
  }
  order.sort((a, b) => frozen[a] - frozen[b]);
}

/** Trains the trials with these indices, at most four. */
function trainVector(
  kernel: Kernel,
  run: (trial: Trial) => void,
  batch: Batch,
  initial: readonly Float32Array[],
  indices: readonly number[],
): Training[] {
  const { trials, recordLosses = false } = batch;
  const { depth, width, epochs, dataset } = trials[0];
  const rates = indices.map((index) => Float32Array.of(trials[index].learningRate));
  fillLanes(kernel, kernel.learningRatesAt(), rates);
  const starts = indices.map((index) => initial[index]);
  fillLanes(kernel, kernel.parametersAt(), starts);

  run(trials[0]);

  return starts.map((start, lane) => {
    const read = (at: number, length: number) => readLane(kernel, at, lane, length);
    return {
      initial: start,
      parameters: read(kernel.parametersAt(), start.length),
      predictions: read(kernel.predictionsAt(), dataset.samples),
      activations: read(kernel.activationsAt(), depth * dataset.samples * width),
      ...(recordLosses && { losses: read(kernel.lossesAt(), epochs) }),
    };
  });
}

/** Writes each network's values into its lane. An unfilled lane gets a copy of the first, which is never read. */
function fillLanes(kernel: Kernel, at: number, networks: readonly Float32Array[]): void {
  const floats = new Float32Array(kernel.memory.buffer, 4 * at);
  for (let lane = 0; lane < LANES; lane++) {
    const values = networks[lane] ?? networks[0];
    for (let i = 0; i < values.length; i++) floats[i * LANES + lane] = values[i];
  }
}

/** Reads `length` values of one lane. */
function readLane(kernel: Kernel, at: number, lane: number, length: number): Float32Array {
  const floats = new Float32Array(kernel.memory.buffer, 4 * at);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = floats[i * LANES + lane];
  return values;
}
