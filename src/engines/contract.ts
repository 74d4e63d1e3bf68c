/** What every engine is: something that trains a batch of same-shaped trials. */
import canonicalize from "canonicalize";
import { UserError } from "../errors.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { refuseMeaningless } from "../model/cell-rules.js";
import { sameValue } from "../model/cells.js";
import type { Training } from "../model/outcome.js";
import type { Cell, NameOf, Trial } from "../model/trial.js";
import type { Backend, EngineName } from "./names.js";

/** Trials of one shape: they differ at most in their seed, and in axes that may share a batch. */
export interface Batch {
  readonly trials: readonly Trial[];
  /** Start from these parameters, a vector per trial, instead of from the trials' seeds. */
  readonly initial?: readonly Float32Array[];
  /** Keep the loss of every epoch. */
  readonly recordLosses?: boolean;
  /** Say since when each network is at or under this RMSE, in original units: `under` of its training. */
  readonly threshold?: number | undefined;
}

/** What does an engine's arithmetic, where it has several. */
export interface EngineBackend {
  readonly name: Backend;
  /** By package or library, what decides the numbers. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What all trials of a batch have alike. */
const COMMON: readonly AxisName[] = AXIS_NAMES.filter((name) => !axisOf(name).sharesBatch);

/** Of each axis, the values that an engine trains; of words with parameters, their names. */
export type Trained = {
  readonly [Name in AxisName]: "all" | readonly NamedOr<Cell[Name]>[];
};

type NamedOr<Value> = Value extends string | { readonly name: string } ? NameOf<Value> : Value;

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
  /** Which values of each axis it trains. A new axis does not compile until every engine says so. */
  readonly trains: Trained;
  /** @returns why a trial of this cell is too large for it, and the remedy; undefined where it is not */
  tooLarge?(cell: Cell): string | undefined;
  /**
   * @returns a training per trial, in their order
   * @throws UserError, before anything is trained, where it does not train one of them or they are of
   * several shapes
   */
  train(batch: Batch): Training[] | Promise<Training[]>;
}

/** What packing batches, running a plan and its estimate ask of an engine. */
export type EngineTraits = Pick<Engine, "name" | "numerics" | "lanes" | "mostTrials" | "speed">;

type Refusing = Pick<Engine, "name" | "trains" | "tooLarge">;

/** @returns why the engine cannot train a trial of this cell, and the remedy; undefined where it can */
export function refusalOf(engine: Refusing, cell: Cell): string | undefined {
  for (const name of AXIS_NAMES) {
    const trained: "all" | readonly unknown[] = engine.trains[name];
    if (trained === "all" || trained.includes(named(cell[name]))) continue;
    const { label } = axisOf(name);
    return (
      `${label}: must be ${trained.map((value) => JSON.stringify(value)).join(" or ")} with engine ` +
      `${engine.name}, got ${JSON.stringify(cell[name])}; take another --engine`
    );
  }
  return engine.tooLarge?.(cell);
}

function named(value: unknown): unknown {
  return typeof value === "object" && value !== null && "name" in value ? value.name : value;
}

/** @throws UserError where the engine cannot train one of these cells */
export function refuseCells(engine: Refusing, cells: Iterable<Cell>): void {
  for (const cell of cells) {
    const reason = refusalOf(engine, cell);
    if (reason !== undefined) throw new UserError(reason);
  }
}

/**
 * What every engine asks before it trains: a batch is trained as its first trial is.
 *
 * @throws UserError where the engine cannot train one of the trials, where one means nothing, or where
 * they are of several shapes
 */
export function refuseBatch(engine: Refusing, { trials }: Batch): void {
  refuseCells(engine, trials);
  refuseMeaningless("batch", trials);
  const [first] = trials;
  for (const trial of trials) {
    const name = COMMON.find((axis) => !sameValue(trial[axis], first[axis]));
    if (name === undefined) continue;
    throw new UserError(
      `${axisOf(name).label}: must be the same in all trials of a batch, got ` +
        `${JSON.stringify(first[name])} and ${JSON.stringify(trial[name])}; make two batches`,
    );
  }
}

/** What trials that may share a batch have in common, as text. */
export function batchShape(cell: Cell): string {
  return canonicalize(COMMON.map((name) => cell[name]))!;
}
