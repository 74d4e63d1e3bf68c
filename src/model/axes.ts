/**
 * The axes: every field in which cells can differ, each said once. The sweep file's schema, flags,
 * keys, batches, the store's columns, rows of every format, names of cells, tables and baselines all
 * follow from this table. Its order is that of columns, and of grids, whose last axis changes fastest.
 */
import type { AnyAxis, Axis } from "./axis.js";
import { type Cell, type DatasetSpec, THESIS_DATASET } from "./trial.js";

/** A field of `Cell` without an entry, or an entry without a property, does not compile. */
type Axes = { readonly [Name in keyof Cell]: Axis<Cell[Name]> };

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
    place: "title",
    order: "rising",
    phrase: (width) => `width ${width}`,
    slug: (width) => `width-${width}`,
  },
  connection: {
    domain: {
      kind: "choice",
      names: { plain: "Plain", "late-residual": "Late-residual" },
    },
    label: "connection",
    column: "connection",
    meaning: "Whether the output neuron reads the last hidden layer alone, or every hidden layer.",
    example: "late-residual",
    founding: true,
    shown: "always",
    sharesBatch: false,
    place: "row",
    order: "rising",
    phrase: (connection) => connection,
    slug: (connection) => connection,
  },
  optimizer: {
    domain: { kind: "choice", names: { adam: "Adam", sgd: "SGD" } },
    label: "optimizer",
    column: "optimizer",
    meaning: "Optimizer, with PyTorch's defaults.",
    example: "adam",
    founding: true,
    shown: "always",
    sharesBatch: false,
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
    place: "title",
    order: "falling",
    phrase: (rate) => `learning rate ${rate}`,
    slug: (rate) => `lr-${rate}`,
  },
  trainingStyle: {
    domain: { kind: "choice", names: { iterative: "Iterative", batch: "Batch" } },
    label: "training style",
    column: "training_style",
    meaning:
      "Whether an epoch is one step on one sample after the other, or one step on all of them.",
    example: "batch",
    founding: true,
    shown: "always",
    sharesBatch: false,
    place: "column",
    order: "rising",
    phrase: (style) => style,
    slug: (style) => style,
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
    place: "title",
    order: "rising",
    phrase: (epochs) => `${epochs} epoch${epochs === 1 ? "" : "s"}`,
    slug: (epochs) => `epochs-${epochs}`,
  },
  dataset: {
    domain: {
      kind: "fields",
      fields: {
        function: {
          domain: { kind: "choice", names: { abs: "|x|" } },
          meaning: "The function to learn.",
        },
        samples: {
          domain: { kind: "whole number", min: 2, max: 100_000 },
          meaning: "How many points are drawn from [-1, 1).",
        },
        generator: {
          domain: { kind: "choice", names: { numpy: "NumPy", seedrandom: "seedrandom" } },
          meaning:
            "What draws them: NumPy's legacy generator (MT19937), as the thesis, or seedrandom.",
        },
        seed: {
          domain: { kind: "whole number", min: 0, max: 2 ** 32 - 1 },
          meaning: "The generator's seed.",
        },
      },
    },
    label: "dataset",
    column: "dataset",
    meaning: "The points that networks are trained on.",
    example: THESIS_DATASET,
    founding: true,
    default: THESIS_DATASET,
    shown: "where cells differ",
    sharesBatch: false,
    place: "title",
    order: "rising",
    phrase: (dataset) => `dataset ${datasetSlug(dataset)}`,
    slug: datasetSlug,
  },
};

/** `abs-20-numpy-42` */
function datasetSlug({ function: name, samples, generator, seed }: DatasetSpec): string {
  return `${name}-${samples}-${generator}-${seed}`;
}

export const AXIS_NAMES = Object.keys(AXES) as AxisName[];

/** The entry of any axis, for code that goes through all of them. */
export function axisOf(name: AxisName): AnyAxis {
  return AXES[name] as unknown as AnyAxis;
}
