/** Every number that the thesis prints, as data. The file's own names are kept. */

import type { Network, Optimizer, Recipe } from "../model/trial.js";
import type { ThesisConnection, ThesisStyle } from "./experiment.js";

export interface PublishedResults {
  /** The thesis's citation. */
  readonly source: string;
  readonly convergenceTables: readonly PublishedTable[];
  readonly deadLayersTable: DeadLayersTable;
  readonly deadNeuronDecline: DeadNeuronDecline;
  readonly dataset: PublishedDataset;
  readonly trainingPlots: readonly TrainingPlot[];
  readonly drawings: readonly Drawing[];
}

/** Figures 4.3, 4.6, 4.9, 4.12, 4.15 and 4.18: one optimizer and learning rate each. */
export interface PublishedTable {
  /** The thesis's number for it, such as "4.3". */
  readonly figure: string;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly width: number;
  readonly trialsPerCell: number;
  readonly cells: readonly PublishedCell[];
  /** Convergences over all depths, as printed in the table's closing rows. */
  readonly totals: Readonly<Record<ThesisConnection, Readonly<Record<ThesisStyle, number>>>>;
}

export interface PublishedCell {
  readonly depth: number;
  readonly connection: ThesisConnection;
  readonly trainingStyle: ThesisStyle;
  /** Of the table's `trialsPerCell`. */
  readonly converged: number;
  /** Means over the converged trainings, to 2, 2 and 3 decimals; null where the table says DID NOT CONVERGE. */
  readonly deadNeurons: number | null;
  readonly deadLayers: number | null;
  readonly trainingTimeSeconds: number | null;
}

/** What the cells of one figure have in common. */
type Setting = Pick<Network, "width"> &
  Pick<Recipe, "optimizer" | "learningRate" | "trainingStyle"> & { readonly figure: string };

/** Values by depth, the depth written as a decimal number. */
type ByDepth = Readonly<Record<string, number>>;

/** Figure 4.1: mean dead layers of converged networks. */
export interface DeadLayersTable extends Setting {
  readonly connection: ThesisConnection;
  readonly deadLayersByDepth: ByDepth;
}

/** Figure 4.22: mean dead neurons of both connections. */
export interface DeadNeuronDecline extends Setting {
  /** The figure that plots the same numbers. */
  readonly plottedIn: string;
  readonly deadNeurons: Readonly<Record<ThesisConnection, ByDepth>>;
}

/** Table 3.1: the points, cut (not rounded) to four decimals, and the last x to three. */
export interface PublishedDataset {
  readonly table: string;
  readonly x: readonly number[];
  readonly t: readonly number[];
}

/** One training shown by its loss and its prediction. */
export interface TrainingPlot extends Setting, Network {
  readonly converged: boolean;
  /** What the thesis reads from the plot. */
  readonly says: string;
}

export interface Drawing {
  readonly figure: string;
  readonly shows: string;
}
