/** How much arithmetic a training is: for packing batches and for estimates, never for results. */
import { parameterLayout } from "../model/layout.js";
import type { Cell } from "../model/trial.js";

/** An Adam step's square root and division take as long as this many additions in all. */
const ADAM_OPERATIONS = 40;
const SGD_OPERATIONS = 4;

/**
 * Additions, or what takes as long, of the whole training: for each weight a product and a sum
 * forward and two of each backward, for each neuron its bias and ReLU forward and backward.
 */
export function trainingOperations(cell: Cell): number {
  const { hidden, output, count } = parameterLayout(cell);
  const weights = [...hidden, output].map((layer) => layer.inputs * layer.outputs);
  const perSample =
    6 * weights.reduce((total, count) => total + count, 0) + 4 * cell.width * cell.depth;
  const samples = cell.trainingStyle === "batch" ? cell.dataset.samples : 1;
  const perParameter = cell.optimizer === "adam" ? ADAM_OPERATIONS : SGD_OPERATIONS;
  return cell.epochs * (samples * perSample + perParameter * count);
}
