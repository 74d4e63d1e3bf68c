/** The tables' numbers as CSV: typed columns, unrounded, nothing where there is no value. */

import type { ConvergedMean } from "../analysis/converged-means.js";
import type { Dataset } from "../model/dataset.js";
import type { Cell } from "../model/trial.js";
import { csvLines } from "../output/formats/csv.js";
import type { ComparedCell } from "../thesis/compare-published.js";
import type { PublishedDataset } from "../thesis/published.js";

/** A row per cell; totals are the reader's to sum. */
export function convergenceCsv(pairs: readonly ComparedCell[], thesisTrials: number): string {
  return csvLines([
    [
      ...["depth", "connection", "training_style"],
      ...["trials", "converged", "dead_neurons_mean", "dead_layers_mean"],
      ...["thesis_trials", "thesis_converged"],
      ...["thesis_dead_neurons_mean", "thesis_dead_layers_mean", "differs"],
    ],
    ...pairs.map(({ ours, thesis, differs }) => [
      ...[thesis.depth, thesis.connection, thesis.trainingStyle],
      ...[ours.trials, ours.converged],
      ...[ours.means?.deadNeurons ?? null, ours.means?.deadLayers ?? null],
      ...[thesisTrials, thesis.converged, thesis.deadNeurons, thesis.deadLayers, differs],
    ]),
  ]);
}

/** @param thesisMean what the thesis prints for a cell */
export function meansCsv(
  means: readonly ConvergedMean[],
  thesisMean: (cell: Cell) => number,
): string {
  return csvLines([
    ["depth", "connection", "trials", "converged", "mean", "low", "high", "thesis_mean"],
    ...means.map(({ cell, trials, converged, interval }) => {
      const { mean, reach } = interval ?? { mean: null, reach: null };
      const ends = mean === null || reach === null ? [null, null] : [mean - reach, mean + reach];
      return [cell.depth, cell.connection, trials, converged, mean, ...ends, thesisMean(cell)];
    }),
  ]);
}

export function datasetCsv({ x, t }: Dataset, published: PublishedDataset): string {
  return csvLines([
    ["sample", "x", "t", "thesis_x", "thesis_t"],
    ...[...x].map((_, i) => [i, x[i], t[i], published.x[i], published.t[i]]),
  ]);
}
