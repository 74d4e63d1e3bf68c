/** How much arithmetic a training is: for packing batches and for estimates, never for results. */
import type { Cell } from "../model/trial.js";

/** An Adam step's square root and division take as long as this many additions in all. */
const ADAM_OPERATIONS = 40;
const SGD_OPERATIONS = 4;

/**
 * Additions, or what takes as long, of the whole training: for each weight a product and a sum
 * forward and two of each backward, for each neuron its bias and ReLU forward and backward.
 */
export function trainingOperations(cell: Cell): number {
  const { depth, width, connection } = cell;
  const neurons = depth * width;
  const weights =
    width + (depth - 1) * width * width + (connection === "late-residual" ? neurons : width);
  const perSample = 6 * weights + 4 * neurons;
  const samples = cell.trainingStyle === "batch" ? cell.dataset.samples : 1;
  const perParameter = cell.optimizer === "adam" ? ADAM_OPERATIONS : SGD_OPERATIONS;
  return cell.epochs * (samples * perSample + perParameter * (weights + neurons + 1));
}
