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
  train(useAdam: boolean, iterative: boolean, epochs: number): void;
  inputsAt(): number;
  targetsAt(): number;
  biasCorrectionsAt(): number;
  parametersAt(): number;
  learningRatesAt(): number;
  activationsAt(): number;
  predictionsAt(): number;
  lossesAt(): number;
}

/**
 * @param module the compiled kernel
 * @throws Error where a batch needs more memory than WebAssembly has (4 GiB)
 */
export function makeFusedEngine(module: WebAssembly.Module): Engine {
  const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
  return {
    name: "fused",
    numerics: FLOAT32_NUMERICS,
    bitStable: true,
    lanes: LANES,
    train(batch) {
      const dataset = makeDataset(batch.trials[0].dataset);
      const trainings: Training[] = [];
      for (let first = 0; first < batch.trials.length; first += LANES) {
        trainings.push(...trainVector(kernel, dataset, batch, first));
      }
      return trainings;
    },
  };
}

/** Trains up to four trials of the batch, from index `first`. */
function trainVector(kernel: Kernel, dataset: Dataset, batch: Batch, first: number): Training[] {
  const trials = batch.trials.slice(first, first + LANES);
  const initial = trials.map(
    (trial, lane) => batch.initial?.[first + lane] ?? initialParameters(trial, trial.seed),
  );
  const [trial] = trials;
  const samples = dataset.inputs.length;
  const recordLosses = batch.recordLosses ?? false;
  prepare(kernel, trial, samples, recordLosses);

  const floats = new Float32Array(kernel.memory.buffer);
  floats.set(dataset.inputs, kernel.inputsAt());
  floats.set(dataset.targets, kernel.targetsAt());
  if (trial.optimizer === "adam") {
    floats.set(biasCorrections(trial.epochs), kernel.biasCorrectionsAt());
  }
  // An unfilled lane trains a copy of the first trial, which is never read.
  for (let lane = 0; lane < LANES; lane++) {
    const source = lane < trials.length ? lane : 0;
    floats[kernel.learningRatesAt() + lane] = trials[source].learningRate;
    scatter(floats, kernel.parametersAt(), lane, initial[source]);
  }

  kernel.train(trial.optimizer === "adam", trial.trainingStyle === "iterative", trial.epochs);

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

function prepare(kernel: Kernel, trial: Trial, samples: number, recordLosses: boolean): void {
  const { depth, width, connection, epochs } = trial;
  const late = connection === "late-residual";
  if (!kernel.prepare(depth, width, late, samples, epochs, recordLosses)) {
    throw new Error(
      `the fused engine cannot get the memory for depth ${depth}, width ${width}, ` +
        `${samples} samples and ${epochs} epochs`,
    );
  }
}

/** Writes one network's values into its lane. */
function scatter(floats: Float32Array, at: number, lane: number, values: Float32Array): void {
  const start = at + lane;
  for (let i = 0; i < values.length; i++) floats[start + i * LANES] = values[i];
}

/** Reads `length` values of one lane. */
function gather(floats: Float32Array, at: number, lane: number, length: number): Float32Array {
  const values = new Float32Array(length);
  const start = at + lane;
  for (let i = 0; i < length; i++) values[i] = floats[start + i * LANES];
  return values;
}
