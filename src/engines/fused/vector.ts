/** Four networks at a time: writes them into the kernel's memory, and reads what it makes of them. */
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import type { Training } from "../../model/outcome.js";
import type { Trial } from "../../model/trial.js";
import type { Batch } from "../contract.js";
import { underFrom } from "../looks.js";
import { passStream, shuffles } from "../steps.js";
import { STREAM_NUMBERS } from "./codes.js";
import { type Address, fillLanes, indexOf, type Kernel, LANES, readLane } from "./kernel.js";

/**
 * Trains the trials with these indices, at most four.
 *
 * @param run lets the kernel train what is in its memory, and gives the milliseconds that it took
 */
export function trainVector(
  kernel: Kernel,
  run: (trial: Trial) => number,
  { trials, recordLosses = false, threshold }: Batch,
  initial: readonly Float32Array[],
  indices: readonly number[],
): Training[] {
  const [{ depth, width, epochs, dataset }] = trials;
  const { samples, testSamples = 0 } = dataset;
  const { outputs } = dimensionsOf(dataset);
  const read = (at: Address, length: number) =>
    indices.map((_, lane) => readLane(kernel, at, lane, length));
  const readOutputs = () => {
    const predictions = read(kernel.predictions, samples * outputs);
    const activations = read(kernel.activations, depth * samples * width);
    return indices.map((_, lane) => ({
      predictions: predictions[lane],
      activations: activations[lane],
    }));
  };
  writeNetworks(kernel, trials, initial, indices);
  writeStreams(kernel, trials, indices);
  kernel.evaluate();
  const atStart = readOutputs();
  const trainMs = run(trials[0]) / indices.length;
  const parameters = read(kernel.parameters, initial[0].length);
  const atEnd = readOutputs();
  const losses = recordLosses ? read(kernel.losses, epochs) : undefined;
  const lastAbove = new Int32Array(kernel.memory.buffer, 4 * indexOf(kernel.lastAbove), LANES);
  const under =
    threshold === undefined
      ? undefined
      : indices.map((_, lane) => underFrom(trials[0], samples, threshold, lastAbove[lane]));
  if (testSamples > 0) kernel.test();
  const tested = testSamples > 0 ? read(kernel.testPredictions, testSamples * outputs) : undefined;
  return indices.map((index, lane) => ({
    initial: initial[index],
    parameters: parameters[lane],
    atStart: atStart[lane],
    ...atEnd[lane],
    ...(tested && { testPredictions: tested[lane] }),
    ...(losses && { losses: losses[lane] }),
    ...(under && { under: under[lane] }),
    trainMs,
  }));
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

/** Writes what each lane's orders of samples are drawn from, where they are shuffled. */
function writeStreams(kernel: Kernel, trials: readonly Trial[], indices: readonly number[]): void {
  if (!shuffles(trials[0])) return;
  for (let lane = 0; lane < LANES; lane++) {
    const trial = trials[indices[lane] ?? indices[0]];
    const { i, j, S } = passStream(trial, trial.dataset.samples).state();
    const at = indexOf(kernel.streams) + lane * STREAM_NUMBERS;
    new Int32Array(kernel.memory.buffer).set([...S, i, j], at);
  }
}
