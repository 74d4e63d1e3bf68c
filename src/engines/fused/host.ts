/**
 * The fused engine: hands batches to the kernel (assembly/), four networks at a time, and reads
 * back what it left in memory. No Node module is imported here, so that it runs in a browser.
 */
import { type Dataset, makeDataset } from "../../model/dataset.js";
import { initialParameters } from "../../model/initialization.js";
import type { Training } from "../../model/outcome.js";
import { biasCorrections } from "../bias-corrections.js";
import type { Batch, Engine } from "../contract.js";
import { FLOAT32_NUMERICS } from "../reference/engine.js";

/** Networks per vector. */
const LANES = 4;

/** What assembly/index.ts exports; addresses are in bytes. */
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
  activationsAt(): number;
  predictionsAt(): number;
  lossesAt(): number;
}

export interface FusedOptions {
  /** Leave out what provably changes nothing. The results are the same to the bit; true by default. */
  readonly shortcuts?: boolean;
}

/**
 * @param module the compiled kernel
 * @throws Error where a batch needs more memory than WebAssembly has (4 GiB)
 */
export function makeFusedEngine(
  module: WebAssembly.Module,
  { shortcuts = true }: FusedOptions = {},
): Engine {
  const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
  return {
    name: "fused",
    numerics: FLOAT32_NUMERICS,
    lanes: LANES,
    train(batch) {
      const dataset = makeDataset(batch.trials[0].dataset);
      prepare(kernel, batch, dataset);
      const trainings: Training[] = [];
      for (let first = 0; first < batch.trials.length; first += LANES) {
        trainings.push(...trainVector(kernel, batch, first, dataset.inputs.length, shortcuts));
      }
      return trainings;
    },
  };
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
  floats.set(dataset.inputs, kernel.inputsAt() / 4);
  floats.set(dataset.targets, kernel.targetsAt() / 4);
  if (optimizer === "adam") floats.set(biasCorrections(epochs), kernel.biasCorrectionsAt() / 4);
}

/** Trains up to four trials of the batch, from index `first`. */
function trainVector(
  kernel: Kernel,
  { trials: all, initial: given, recordLosses = false }: Batch,
  first: number,
  samples: number,
  shortcuts: boolean,
): Training[] {
  const trials = all.slice(first, first + LANES);
  const initial = trials.map(
    (trial, lane) => given?.[first + lane] ?? initialParameters(trial, trial.seed),
  );
  const [trial] = trials;
  const floats = new Float32Array(kernel.memory.buffer);
  // An unfilled lane trains a copy of the first trial, which is never read.
  for (let lane = 0; lane < LANES; lane++) {
    const source = lane < trials.length ? lane : 0;
    floats[kernel.learningRatesAt() / 4 + lane] = trials[source].learningRate;
    scatter(floats, kernel.parametersAt(), lane, initial[source]);
  }

  const { optimizer, trainingStyle, epochs } = trial;
  kernel.train(optimizer === "adam", trainingStyle === "iterative", epochs, shortcuts);

  return trials.map((_, lane) => {
    const read = (at: number, length: number) => gather(floats, at, lane, length);
    return {
      initial: initial[lane],
      parameters: read(kernel.parametersAt(), initial[lane].length),
      predictions: read(kernel.predictionsAt(), samples),
      activations: read(kernel.activationsAt(), trial.depth * samples * trial.width),
      ...(recordLosses && { losses: read(kernel.lossesAt(), trial.epochs) }),
    };
  });
}

/** Writes one network's values into its lane. */
function scatter(floats: Float32Array, at: number, lane: number, values: Float32Array): void {
  const start = at / 4 + lane;
  for (let i = 0; i < values.length; i++) floats[start + i * LANES] = values[i];
}

/** Reads `length` values of one lane. */
function gather(floats: Float32Array, at: number, lane: number, length: number): Float32Array {
  const values = new Float32Array(length);
  const start = at / 4 + lane;
  for (let i = 0; i < length; i++) values[i] = floats[start + i * LANES];
  return values;
}
