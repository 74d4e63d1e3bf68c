/** What a trial is: one network, trained once. The values here are the vocabulary of every other room. */

/** The most that one sweep may ask for. */
export const MAX_TRIALS = 10_000_000;

/** The largest final RMSE of a converged trial where nothing else is said, in original units: the thesis's. */
export const DEFAULT_THRESHOLD = 0.07;

export const TARGET_FUNCTIONS = [
  "abs",
  "x-sin-5x",
  "step-plus-sine",
  "square",
  "abs-sum-difference",
] as const;
export const GENERATORS = ["numpy", "seedrandom"] as const;
export const STANDARDIZED = ["both", "inputs", "targets", "none"] as const;
export const CONNECTIONS = [
  "plain",
  "late-residual",
  "residual",
  "dense",
  "late-residual-frozen",
] as const;
export const OPTIMIZERS = ["adam", "sgd", "momentum"] as const;
export const TRAINING_STYLES = ["iterative", "batch", "mini-batch"] as const;
export const ACTIVATIONS = ["relu", "leaky-relu", "prelu", "elu", "gelu", "silu"] as const;
export const INITIALIZATIONS = [
  "pytorch",
  "he-uniform",
  "he-normal",
  "xavier-uniform",
  "rai",
  "mirrored",
  "sign-flip",
] as const;
export const BIASES = ["scheme", "zero", "constant"] as const;

export type TargetFunction = (typeof TARGET_FUNCTIONS)[number];
export type Generator = (typeof GENERATORS)[number];
export type Standardized = (typeof STANDARDIZED)[number];
export type Connection = (typeof CONNECTIONS)[number];
export type Optimizer = (typeof OPTIMIZERS)[number];
export type Initialization = (typeof INITIALIZATIONS)[number];

/** Something that has parameters: its name with the value of each. */
type With<Name extends string, Parameter extends string> = { readonly name: Name } & {
  readonly [P in Parameter]: number;
};

/** f, applied to each neuron's weighted sum; engines/reference/activations.ts has the functions. */
export type Activation =
  | "relu"
  | With<"leaky-relu", "slope">
  | With<"prelu", "slope">
  | With<"elu", "alpha">
  | "gelu"
  | "silu";

/** What every bias starts as. */
export type Bias = "scheme" | "zero" | With<"constant", "value">;

/** Whether a step of training is made on one sample, on all of them, or on so many. */
export type TrainingStyle = "iterative" | "batch" | With<"mini-batch", "size">;

/** The name of a value that is a word, or a word with parameters. */
export type NameOf<Value> = Value extends string
  ? Value
  : Value extends { readonly name: infer Name extends string }
    ? Name
    : never;

/** `leaky-relu`, of `{ name: "leaky-relu", slope: 0.2 }`. */
export function nameOf<Value extends string | { readonly name: string }>(
  value: Value,
): NameOf<Value> {
  return (typeof value === "string" ? value : value.name) as NameOf<Value>;
}

/** The value of the one parameter that some words have; 0 of others. */
export function parameterOf(value: string | { readonly name: string }): number {
  const [, parameter = 0] = typeof value === "string" ? [] : Object.values(value);
  return Number(parameter);
}

/** `leaky-relu 0.2`: the name, and its parameters' values. */
export function phraseOf(value: string | { readonly name: string }, separator = " "): string {
  return typeof value === "string" ? value : Object.values(value).join(separator);
}

/** What a network is trained on. */
export type DatasetSpec = DrawnDataset | FileDataset;

/** What is left out is as in the thesis, so that specifications of before mean the same. */
interface Scaled {
  /** Which of the two have mean 0 and deviation 1 in training; both where it is left out. */
  readonly standardize?: Standardized;
  /** Targets are multiplied by it after that, for training; 1 where it is left out. */
  readonly targetScale?: number;
}

/** `samples` inputs drawn from the domain, and the function's values there. */
export interface DrawnDataset extends Scaled {
  readonly function: TargetFunction;
  readonly samples: number;
  readonly generator: Generator;
  readonly seed: number;
  /** Each input is drawn from [low, high); [-1, 1) where it is left out. */
  readonly domain?: readonly [number, number];
  /** Further points of the domain, which networks are judged on and not trained on; none where left out. */
  readonly testSamples?: number;
}

/** The rows of a CSV file, which model/file-points.ts knows by their hash. */
export interface FileDataset extends Scaled {
  /** Of a cell, the file's name; of a sweep, where it is. No part of a key. */
  readonly file: string;
  /** Names of columns. */
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  /** Rows that networks are trained on: all but those for testing. */
  readonly samples: number;
  /** Of the columns' names and numbers, in hexadecimal. */
  readonly sha256: string;
  /** Rows that networks are judged on and not trained on; none where left out. */
  readonly testSamples?: number;
}

/** Of a damaged store, a dataset may be anything. */
export function isOfFile(spec: unknown): spec is FileDataset {
  return typeof spec === "object" && spec !== null && "file" in spec;
}

/** The thesis's twenty points (Table 3.1). */
export const THESIS_DATASET: DrawnDataset = {
  function: "abs",
  samples: 20,
  generator: "numpy",
  seed: 42,
};

/**
 * What decides a network's shape: `depth` hidden layers of `width` neurons each (thesis, section 3.2).
 * Its inputs and outputs are as many as its dataset has.
 */
export interface Network {
  readonly depth: number;
  readonly width: number;
  /** What each layer reads; model/layout.ts says it. */
  readonly connection: Connection;
  /** ReLU where it is left out. */
  readonly activation?: Activation;
  /** One input and one output where it is left out. */
  readonly dataset?: DatasetSpec;
}

export interface Recipe {
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly trainingStyle: TrainingStyle;
  /** Steps of the optimizer: an epoch is one step (thesis, section 3.4). */
  readonly epochs: number;
}

/** The trials that differ only in their seed. */
export interface Cell extends Network, Recipe {
  readonly dataset: DatasetSpec;
  readonly activation: Activation;
  readonly initialization: Initialization;
  readonly bias: Bias;
}

export interface Trial extends Cell {
  /** Decides the initial parameters; a whole number from 0. */
  readonly seed: number;
}
