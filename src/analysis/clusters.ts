/**
 * Trials that are not independent: those of one seed, depth and width start from the same hidden layers, whatever else
 * they differ in (docs/protocol.md, "Seeds"). They are a cluster.
 */
import type { Cell } from "../model/trial.js";

/** What shares its start. */
export interface Cluster {
  /** Clusters of one shape may be taken for draws of the same chance, those of different shapes not. */
  readonly shape: number;
  /** Of its trials, or pairs of them, what is averaged, added up. */
  readonly sum: number;
  /** Its trials, or pairs of them; at least 1. */
  readonly size: number;
}

/** What a cell's trials have of a measure. */
export interface Series {
  /** Ascending, each once: of the trials that have it. */
  readonly seeds: ArrayLike<number>;
  /** For each seed. */
  readonly values: ArrayLike<number>;
}

export function shapeOf({ depth, width }: Cell): string {
  return `${depth}x${width}`;
}

/** Numbers for shapes and for the clusters of each, from 0 on as they come. */
export function numberedClusters() {
  /** For each cluster, the number of its shape. */
  const shapes: number[] = [];
  const known = new Map<string, (seed: number) => number>();
  const added = (shape: string) => {
    const number = known.size;
    const clusters = new Map<number, number>();
    const clusterOf = (seed: number) => {
      const cluster = clusters.get(seed) ?? shapes.length;
      if (cluster === shapes.length) {
        clusters.set(seed, cluster);
        shapes.push(number);
      }
      return cluster;
    };
    known.set(shape, clusterOf);
    return clusterOf;
  };
  return { shapes, ofShape: (shape: string) => known.get(shape) ?? added(shape) };
}

/** The clusters of all trials of some cells. */
export function clustersOf(cells: readonly (Series & { readonly cell: Cell })[]): Cluster[] {
  const { shapes, ofShape } = numberedClusters();
  const sums: number[] = [];
  const sizes: number[] = [];
  for (const { cell, seeds, values } of cells) {
    const clusterOf = ofShape(shapeOf(cell));
    for (let i = 0; i < seeds.length; i++) {
      const cluster = clusterOf(seeds[i]);
      sums[cluster] = (sums[cluster] ?? 0) + values[i];
      sizes[cluster] = (sizes[cluster] ?? 0) + 1;
    }
  }
  return shapes.map((shape, i) => ({ shape, sum: sums[i], size: sizes[i] }));
}
