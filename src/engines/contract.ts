/** What every engine is: something that trains a batch of same-shaped trials. */
import canonicalize from "canonicalize";
import { UserError } from "../errors.js";
import { AXIS_NAMES, axisOf } from "../model/axes.js";
import type { Training } from "../model/outcome.js";
import type { Cell, Trial } from "../model/trial.js";
import type { Backend, EngineName } from "./names.js";

/** Trials of one shape: they differ at most in their seed, and in axes that may share a batch. */
export interface Batch {
  readonly trials: readonly Trial[];
  /** Start from these parameters, a vector per trial, instead of from the trials' seeds. */
  readonly initial?: readonly Float32Array[];
  /** Keep the loss of every epoch. */
  readonly recordLosses?: boolean;
}

/** What does an engine's arithmetic, where it has several. */
export interface EngineBackend {
  readonly name: Backend;
  /** By package or library, what decides the numbers. */
  readonly versions: Readonly<Record<string, string>>;
}

/** How fast one worker trains: for estimates and for packing batches, never for results. */
export interface Speed {
  /** Of the operations that cost.ts counts. */
  readonly operationsPerSecond: number;
  /** What dispatching the operations of a layer takes in each step, however many trials the batch has. */
  readonly secondsPerLayer: number;
}

export interface Engine {
  readonly name: EngineName;
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
  /** The most trials that are worth a batch: a larger one only shows and keeps its results later. */
  readonly mostTrials: number;
  /** Measured on one core of an AMD EPYC at 2.6 GHz; other machines differ by a factor of two or so. */
  readonly speed: Speed;
  readonly backend?: EngineBackend;
  /** True of an engine that has threads of its own: more than one worker would only be in their way. */
  readonly ownThreads?: boolean;
  /** @returns why it cannot train a trial of this cell, and the remedy; undefined where it can */
  refusal(cell: Cell): string | undefined;
  /** @returns a training per trial, in their order */
  train(batch: Batch): Training[] | Promise<Training[]>;
}

/** What packing batches, running a plan and its estimate ask of an engine. */
export type EngineTraits = Pick<Engine, "name" | "numerics" | "lanes" | "mostTrials" | "speed">;

/** @throws UserError where the engine cannot train one of these cells */
export function refuseCells(engine: Pick<Engine, "refusal">, cells: Iterable<Cell>): void {
  for (const cell of cells) {
    const reason = engine.refusal(cell);
    if (reason !== undefined) throw new UserError(reason);
  }
}

/** What trials that may share a batch have in common, as text. */
export function batchShape(cell: Cell): string {
  const common = AXIS_NAMES.filter((name) => !axisOf(name).sharesBatch);
  return canonicalize(common.map((name) => cell[name]))!;
}
