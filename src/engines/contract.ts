/** What every engine is: something that trains a batch of same-shaped trials. */
import type { Training } from "../model/outcome.js";
import type { Cell, Trial } from "../model/trial.js";

/** Trials that differ at most in their seed and learning rate. */
export interface Batch {
  readonly trials: readonly Trial[];
  /** Start from these parameters, one vector a trial, instead of from the trials' seeds. */
  readonly initial?: readonly Float32Array[];
  /** Keep the loss of every epoch. */
  readonly recordLosses?: boolean;
}

export interface Engine {
  readonly name: string;
  /**
   * The version of the engine's arithmetic, part of every trial's key. Engines that share it give
   * the same numbers to the last bit.
   */
  readonly numerics: string;
  /**
   * Whether a trial's numbers are the same to the last bit in every batch, process and machine. If
   * not, results can be compared with those of another time by their statistics only.
   */
  readonly bitStable: boolean;
  /** How many trials of a batch cost as much as one: batches are best filled to a multiple of it. */
  readonly lanes: number;
  /** @returns one training a trial, in their order */
  train(batch: Batch): Training[] | Promise<Training[]>;
}

/** What trials that may share a batch have in common, as text. */
export function batchShape(cell: Cell): string {
  const { depth, width, connection, optimizer, trainingStyle, epochs, dataset } = cell;
  return JSON.stringify([depth, width, connection, optimizer, trainingStyle, epochs, dataset]);
}
