/** What is not kept of a trial, but follows from what is. */
import type { LaterNumber, Outcome } from "../model/outcome.js";

export type Trained = Extract<Outcome, { readonly state: "trained" }>;

export interface Derived {
  /** As the command line names it. */
  readonly name: string;
  /** What it is like: its number, and what it is counted among. */
  readonly field: "deadNeurons" | "deadLayers" | "firstLayerRmse";
  readonly kind: "rate" | "count";
  /** In words, behind `mean` or `share`. */
  readonly words: string;
  /** The later numbers that it follows from. */
  readonly needs: readonly LaterNumber[];
  /** Undefined where the trial lacks one. @param threshold the largest RMSE of a converged trial, in original units */
  readonly value: (outcome: Trained, threshold: number) => number | undefined;
}

/** The dead at the end, less those that were born so and stayed so. */
function died(dead: number, born: number | undefined, revived: number | undefined) {
  return born === undefined || revived === undefined ? undefined : dead - born + revived;
}

export const DERIVED: readonly Derived[] = [
  {
    name: "dead-neurons-died",
    field: "deadNeurons",
    kind: "count",
    words: "dead neurons that died in training",
    needs: ["deadNeuronsBorn", "deadNeuronsRevived"],
    value: ({ deadNeurons, deadNeuronsBorn, deadNeuronsRevived }) =>
      died(deadNeurons, deadNeuronsBorn, deadNeuronsRevived),
  },
  {
    name: "dead-layers-died",
    field: "deadLayers",
    kind: "count",
    words: "dead layers that died in training",
    needs: ["deadLayersBorn", "deadLayersRevived"],
    value: ({ deadLayers, deadLayersBorn, deadLayersRevived }) =>
      died(deadLayers, deadLayersBorn, deadLayersRevived),
  },
  {
    name: "first-layer-suffices",
    field: "firstLayerRmse",
    kind: "rate",
    words: "for which the first layer alone would suffice",
    needs: [],
    value: ({ firstLayerRmse }, threshold) =>
      firstLayerRmse === undefined ? undefined : Number(firstLayerRmse <= threshold),
  },
];
