/**
 * The axes: every field in which cells can differ, each said once. The sweep file's schema, flags,
 * keys, batches, the store's columns, rows of every format, names of cells, tables and baselines all
 * follow from this table. Its order is that of columns, and of grids, whose last axis changes fastest.
 */
import type { AnyAxis, Axis } from "./axis.js";
import { DATASETS, datasetPhrase, datasetSlug } from "./dataset-axis.js";
import { type Cell, phraseOf, THESIS_DATASET } from "./trial.js";

/** A field of `Cell` without an entry, or an entry without a property, does not compile. */
type Axes = {
  readonly [Name in keyof Cell]: Axis<Cell[Name]> & {
    readonly decidesStart: Name extends BornAxis ? true : false;
  };
};

/** The axes that decide what a network is before its first step, and what it sees. */
export type BornAxis =
  | "depth"
  | "width"
  | "connection"
  | "dataset"
  | "activation"
  | "initialization"
  | "bias";

export type AxisName = keyof Cell;

/** Some of a cell's fields. */
export type PartialCell = Partial<Cell>;

export const AXES: Axes = {
  depth: {
    domain: { kind: "whole number", min: 1, max: 1000 },
    label: "depth",
    column: "depth",
    meaning: "Hidden layers.",
    example: 10,
    founding: true,
    shown: "always",
    sharesBatch: false,
    decidesStart: true,
    place: "row",
    order: "rising",
    phrase: (depth) => `depth ${depth}`,
    slug: (depth) => `depth-${depth}`,
  },
  width: {
    domain: { kind: "whole number", min: 1, max: 256 },
    label: "width",
    column: "width",
    meaning: "Neurons in each hidden layer.",
    example: 2,
    founding: true,
    shown: "always",
    sharesBatch: false,
    decidesStart: true,
    place: "title",
    order: "rising",
    phrase: (width) => `width ${width}`,
    slug: (width) => `width-${width}`,
  },
  connection: {
    domain: {
      kind: "choice",
      names: {
        plain: "Plain",
        "late-residual": "Late-residual",
        residual: "Residual",
        dense: "Dense",
        "late-residual-frozen": "Late-residual, frozen",
      },
    },
    label: "connection",
    column: "connection",
    meaning:
      "What layers read: plain, the layer below; late-residual, the output every hidden layer; " +
      "residual, the sum of all layers below; dense, all layers below and the input; " +
      "late-residual-frozen, as late-residual, with hidden layers that are not trained.",
    example: "late-residual",
    founding: true,
    shown: "always",
    sharesBatch: false,
    decidesStart: true,
    place: "row",
    order: "rising",
    phrase: (connection) => connection,
    slug: (connection) => connection,
  },
  optimizer: {
    domain: { kind: "choice", names: { adam: "Adam", sgd: "SGD", momentum: "Momentum" } },
    label: "optimizer",
    column: "optimizer",
    meaning: "Optimizer, with PyTorch's defaults; momentum is SGD with momentum 0.9.",
    example: "adam",
    founding: true,
    shown: "always",
    sharesBatch: false,
    decidesStart: false,
    place: "title",
    order: "rising",
    phrase: (optimizer) => optimizer,
    slug: (optimizer) => optimizer,
  },
  learningRate: {
    domain: { kind: "positive number", max: 1000 },
    label: "learning rate",
    column: "learning_rate",
    meaning: "Learning rate.",
    example: 0.01,
    founding: true,
    shown: "always",
    sharesBatch: true,
    decidesStart: false,
    place: "title",
    order: "falling",
    phrase: (rate) => `learning rate ${rate}`,
    slug: (rate) => `lr-${rate}`,
  },
  trainingStyle: {
    domain: {
      kind: "choice",
      names: { iterative: "Iterative", batch: "Batch", "mini-batch": "Mini-batch" },
      parameters: {
        "mini-batch": {
          size: {
            domain: { kind: "whole number", min: 1, max: 100_000 },
            meaning: "Samples that a step sees.",
            example: 64,
          },
        },
      },
    },
    label: "training style",
    column: "training_style",
    meaning:
      "Whether an epoch is one step on one sample after the other, one step on all of them, or one on " +
      "so many, in a new order each time that all were seen.",
    example: "batch",
    founding: true,
    shown: "always",
    sharesBatch: false,
    decidesStart: false,
    place: "column",
    order: "rising",
    phrase: (style) => phraseOf(style),
    slug: (style) => phraseOf(style, "-"),
  },
  epochs: {
    domain: { kind: "whole number", min: 1, max: 10_000_000 },
    label: "epochs",
    column: "epochs",
    meaning: "Optimizer steps of each training.",
    example: 3000,
    founding: true,
    default: 3000,
    shown: "where cells differ",
    sharesBatch: false,
    decidesStart: false,
    place: "title",
    order: "rising",
    phrase: (epochs) => `${epochs} epoch${epochs === 1 ? "" : "s"}`,
    slug: (epochs) => `epochs-${epochs}`,
  },
  dataset: {
    domain: DATASETS,
    label: "dataset",
    column: "dataset",
    meaning: "The points that networks are trained on: drawn, or the rows of a CSV file.",
    example: THESIS_DATASET,
    founding: true,
    default: THESIS_DATASET,
    shown: "where cells differ",
    sharesBatch: false,
    decidesStart: true,
    place: "title",
    order: "rising",
    phrase: datasetPhrase,
    slug: datasetSlug,
  },
  activation: {
    domain: {
      kind: "choice",
      names: {
        relu: "ReLU",
        "leaky-relu": "Leaky ReLU",
        prelu: "PReLU",
        elu: "ELU",
        gelu: "GELU",
        silu: "SiLU",
      },
      parameters: {
        "leaky-relu": {
          slope: {
            domain: { kind: "number", min: 1e-6, max: 1 },
            meaning: "Below 0.",
            example: 0.2,
            default: 0.01,
          },
        },
        prelu: {
          slope: {
            domain: { kind: "number", min: -1, max: 1 },
            meaning: "Below 0, before the first step; one per layer, and trained.",
            example: 0.1,
            default: 0.25,
          },
        },
        elu: {
          alpha: {
            domain: { kind: "number", min: 1e-6, max: 1000 },
            meaning: "Minus the value far below 0.",
            example: 0.5,
            default: 1,
          },
        },
      },
    },
    label: "activation",
    column: "activation",
    meaning: "Activation function of the hidden neurons.",
    example: "relu",
    founding: false,
    default: "relu",
    shown: "off its default",
    sharesBatch: false,
    decidesStart: true,
    place: "row",
    order: "rising",
    phrase: (activation) => phraseOf(activation),
    slug: (activation) => phraseOf(activation, "-"),
  },
  initialization: {
    domain: {
      kind: "choice",
      names: {
        pytorch: "PyTorch's",
        "he-uniform": "He uniform",
        "he-normal": "He normal",
        "xavier-uniform": "Xavier uniform",
        rai: "RAI",
        mirrored: "Mirrored",
        "sign-flip": "Sign flip",
      },
    },
    label: "initialization",
    column: "initialization",
    meaning: "How initial parameters are drawn.",
    example: "pytorch",
    founding: false,
    default: "pytorch",
    shown: "off its default",
    sharesBatch: true,
    decidesStart: true,
    place: "row",
    order: "rising",
    phrase: (initialization) => `${initialization} initialization`,
    slug: (initialization) => `initialization-${initialization}`,
  },
  bias: {
    domain: {
      kind: "choice",
      names: { scheme: "as the initialization has it", zero: "Zero", constant: "Constant" },
      parameters: {
        constant: {
          value: {
            domain: { kind: "number", min: -1000, max: 1000 },
            meaning: "Of every bias.",
            example: 0.1,
          },
        },
      },
    },
    label: "initial bias",
    column: "bias",
    meaning: "What biases start as: as the initialization has it, zero, or a constant.",
    example: "scheme",
    founding: false,
    default: "scheme",
    shown: "off its default",
    sharesBatch: true,
    decidesStart: true,
    place: "row",
    order: "rising",
    phrase: (bias) => `bias ${phraseOf(bias)}`,
    slug: (bias) => `bias-${phraseOf(bias, "-")}`,
  },
};

export const AXIS_NAMES = Object.keys(AXES) as AxisName[];

export const BORN_AXES = AXIS_NAMES.filter((name) => AXES[name].decidesStart) as BornAxis[];

/** These axes in this order, and then the rest of them all, so that none that comes later is left out. */
export function firstOf<Name extends AxisName>(
  first: readonly Name[],
  all: readonly Name[],
): readonly Name[] {
  return [...first, ...all.filter((name) => !first.includes(name))];
}

/** The entry of any axis, for code that goes through all of them. */
export function axisOf(name: AxisName): AnyAxis {
  return AXES[name] as unknown as AnyAxis;
}
