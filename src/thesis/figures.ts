/** The thesis's tables and figures: what each shows, in our words, and what is drawn or trained for it. */
import { headingOf } from "../model/cells.js";
import type { Network } from "../model/trial.js";
import type {
  DeadLayersTable,
  DeadNeuronDecline,
  PublishedTable,
  TrainingPlot,
} from "./published.js";
import { publishedResults } from "./published-results.js";

export type ActivationPlot = "relu" | "leaky-and-prelu" | "elu";

/** What the training of a plot did in the thesis, and so which of ours is shown. */
export type Sought = "converged" | "constant" | "nearly converged";

export interface TrainingPlotContent {
  readonly kind: "training-plot";
  readonly published: TrainingPlot;
  readonly sought: Sought;
}

/** What a figure is made of. */
export type FigureContent =
  | { readonly kind: "activations"; readonly plot: ActivationPlot }
  | { readonly kind: "residual-block" }
  | { readonly kind: "dataset-table" }
  | { readonly kind: "networks"; readonly rows: readonly (readonly Network[])[] }
  | { readonly kind: "dead-layers-table"; readonly published: DeadLayersTable }
  | {
      readonly kind: "dead-networks";
      readonly published: DeadLayersTable;
      readonly depths: readonly number[];
    }
  | { readonly kind: "convergence-table"; readonly published: PublishedTable }
  | TrainingPlotContent
  | { readonly kind: "dead-neurons-table"; readonly published: DeadNeuronDecline }
  | { readonly kind: "dead-neurons-bars"; readonly published: DeadNeuronDecline };

export type Figure = FigureContent & {
  /** The thesis's number; Table 3.1, whose number is also a figure's, is `table-3.1`. */
  readonly id: string;
  /** The thesis's caption in our words. */
  readonly shows: string;
  /** The flag that says what is trained: how many per cell, or which one. */
  readonly takes?: "seeds" | "seed";
  /** Trainings per cell unless told; as many as the thesis has, where left out. */
  readonly seeds?: number;
};

/** Seconds of the whole command from nothing, the slowest of each kind as measured on two cores. */
export const SECONDS: Readonly<Record<FigureContent["kind"], number>> = {
  activations: 0.5,
  "residual-block": 0.2,
  "dataset-table": 0.3,
  networks: 0.4,
  "dead-layers-table": 1.6,
  "dead-networks": 1.3,
  "convergence-table": 0.8,
  "training-plot": 1,
  "dead-neurons-table": 2.3,
  "dead-neurons-bars": 2.5,
};

const { deadLayersTable, deadNeuronDecline, convergenceTables, trainingPlots } = publishedResults;

function network(depth: number, width: number, connection: Network["connection"]): Network {
  return { depth, width, connection };
}

/** Enough for means that one can tell apart, and trained in seconds. */
const MANY_SEEDS = 200;

const FIGURES_UNORDERED: readonly Figure[] = [
  {
    id: "1.1",
    shows: "ReLU and its derivative",
    kind: "activations",
    plot: "relu",
  },
  {
    id: "2.1",
    shows: "Leaky ReLU and PReLU, which keep a slope below 0",
    kind: "activations",
    plot: "leaky-and-prelu",
  },
  {
    id: "2.2",
    shows: "ELU, which bends smoothly to a negative value below 0",
    kind: "activations",
    plot: "elu",
  },
  {
    id: "2.3",
    shows: "The residual block of a ResNet: the input is added to what two layers make of it",
    kind: "residual-block",
  },
  {
    id: "table-3.1",
    shows: "The 20 points of f(x) = |x| that every network is trained on",
    kind: "dataset-table",
  },
  {
    id: "3.1",
    shows:
      "A plain network's output neuron reads the last hidden layer, a late-residual network's reads all of them",
    kind: "networks",
    rows: [[network(4, 2, "plain"), network(4, 2, "late-residual")]],
  },
  {
    id: "3.2",
    shows: "The networks of width 2 with 2, 10 and 30 hidden layers, plain and late-residual",
    kind: "networks",
    rows: [
      [network(2, 2, "plain"), network(2, 2, "late-residual")],
      [network(10, 2, "plain"), network(10, 2, "late-residual")],
      [network(30, 2, "plain")],
      [network(30, 2, "late-residual")],
    ],
  },
  {
    id: "4.1",
    shows: "Mean dead layers of converged late-residual networks by depth",
    kind: "dead-layers-table",
    takes: "seeds",
    seeds: MANY_SEEDS,
    published: deadLayersTable,
  },
  {
    id: "4.2",
    shows: "Trained networks of 5, 10 and 15 layers from Figure 4.1 with their dead neurons",
    kind: "dead-networks",
    takes: "seed",
    seeds: MANY_SEEDS,
    published: deadLayersTable,
    depths: [5, 10, 15],
  },
  {
    id: "4.21",
    shows: "A plain network of width 4 with 5 hidden layers",
    kind: "networks",
    rows: [[network(5, 4, "plain")]],
  },
  {
    id: "4.22",
    shows: "Mean dead neurons of converged networks of width 4 by depth, plain and late-residual",
    kind: "dead-neurons-table",
    takes: "seeds",
    seeds: MANY_SEEDS,
    published: deadNeuronDecline,
  },
  {
    id: "4.23",
    shows: "Figure 4.22 as bars: dead neurons by depth, plain beside late-residual",
    kind: "dead-neurons-bars",
    takes: "seeds",
    seeds: MANY_SEEDS,
    published: deadNeuronDecline,
  },
  ...convergenceTables.map(
    (published): Figure => ({
      id: published.figure,
      shows: `How many networks of width 2 converge with ${recipe(published)}, by depth`,
      kind: "convergence-table",
      takes: "seeds",
      published,
    }),
  ),
  ...trainingPlots.map(
    (published): Figure => ({
      id: published.figure,
      shows:
        `Loss and prediction of a ${published.connection} network of depth ${published.depth} that ` +
        `${published.converged ? "converges" : "does not converge"}: ` +
        `${recipe(published)}, ${published.trainingStyle}`,
      kind: "training-plot",
      takes: "seed",
      published,
      sought: soughtFor(published),
    }),
  ),
];

function recipe({ optimizer, learningRate }: Pick<TrainingPlot, "optimizer" | "learningRate">) {
  return `${headingOf("optimizer", optimizer)} at ${learningRate}`;
}

/** The thesis's plots of what did not converge show a constant, but for Figure 4.14, which comes close. */
function soughtFor({ converged, figure }: TrainingPlot): Sought {
  if (converged) return "converged";
  return figure === "4.14" ? "nearly converged" : "constant";
}

/** All of them in the thesis's order, a chapter's table before its figures. */
export const FIGURES: readonly Figure[] = FIGURES_UNORDERED.toSorted(
  (a, b) => place(a.id) - place(b.id),
);

/** Chapter and number as one number. */
function place(id: string): number {
  const [chapter, number] = id.replace("table-", "").split(".").map(Number);
  return 1000 * chapter + number - (id.startsWith("table-") ? 0.5 : 0);
}

/** `Thesis, Figure 4.9` or `Thesis, Table 3.1` */
export function thesisName({ id }: Pick<Figure, "id">): string {
  return id.startsWith("table-") ? `Table ${id.replace("table-", "")}` : `Figure ${id}`;
}
