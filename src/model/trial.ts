/** What a trial is: one network, trained once. The values here are the vocabulary of every other room. */

export const TARGET_FUNCTIONS = ["abs"] as const;
export const GENERATORS = ["numpy", "seedrandom"] as const;
export const CONNECTIONS = ["plain", "late-residual"] as const;
export const OPTIMIZERS = ["adam", "sgd"] as const;
export const TRAINING_STYLES = ["iterative", "batch"] as const;

export type TargetFunction = (typeof TARGET_FUNCTIONS)[number];
export type Generator = (typeof GENERATORS)[number];
export type Connection = (typeof CONNECTIONS)[number];
export type Optimizer = (typeof OPTIMIZERS)[number];
export type TrainingStyle = (typeof TRAINING_STYLES)[number];

/** The points that a network is trained on: `samples` inputs drawn from [-1, 1) and the function's values there. */
export interface DatasetSpec {
  readonly function: TargetFunction;
  readonly samples: number;
  readonly generator: Generator;
  readonly seed: number;
}

/** The thesis's twenty points (Table 3.1). */
export const THESIS_DATASET: DatasetSpec = {
  function: "abs",
  samples: 20,
  generator: "numpy",
  seed: 42,
};

/** `depth` hidden layers of `width` ReLU neurons each; one input, one output (thesis, section 3.2). */
export interface Network {
  readonly depth: number;
  readonly width: number;
  /** Whether the output neuron reads the last hidden layer alone, or every hidden layer. */
  readonly connection: Connection;
}

export interface Recipe {
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** Whether an epoch is one step on one sample, or one step on all of them. */
  readonly trainingStyle: TrainingStyle;
  readonly epochs: number;
}

/** The trials that differ only in their seed. */
export interface Cell extends Network, Recipe {
  readonly dataset: DatasetSpec;
}

export interface Trial extends Cell {
  /** Decides the initial parameters; a whole number from 0. */
  readonly seed: number;
}
