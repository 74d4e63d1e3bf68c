/** What each number of a trained trial is: of what, in which words, and whose. */
import { LATER_NUMBERS, type LaterNumber } from "../model/outcome.js";

/** A field of a trained outcome that has a number. */
export type Field = "finalRmse" | "deadNeurons" | "deadLayers" | LaterNumber;

/** `rate`: each trial has it or not, as 1 or 0. `count`: whole numbers. `error`: real ones, with a long tail. */
export type FieldKind = "rate" | "count" | "error";

interface FieldTraits {
  readonly kind: FieldKind;
  readonly words: string;
  /** What a count is of. */
  readonly counts?: "neurons" | "layers";
  /** Whether it has a long tail, though it is a count. */
  readonly isMedian?: true;
  /** Whether only converged trials have it. */
  readonly ofConverged?: true;
}

const rate = (words: string): FieldTraits => ({ kind: "rate", words });
const error = (words: string): FieldTraits => ({ kind: "error", words, isMedian: true });
const neurons = (words: string): FieldTraits => ({ kind: "count", words, counts: "neurons" });
const layers = (words: string): FieldTraits => ({ kind: "count", words, counts: "layers" });

export const FIELDS: Readonly<Record<Field, FieldTraits>> = {
  finalRmse: error("final RMSE"),
  deadNeurons: neurons("dead neurons"),
  deadLayers: layers("dead layers"),
  deadOnDomain: neurons("neurons dead on the domain"),
  testRmse: error("test RMSE"),
  deadNeuronsBorn: neurons("dead neurons born"),
  deadNeuronsRevived: neurons("dead neurons revived"),
  deadLayersBorn: layers("dead layers born"),
  deadLayersRevived: layers("dead layers revived"),
  constantNeurons: neurons("constant neurons"),
  constantNeuronsBorn: neurons("constant neurons born"),
  constantNeuronsRevived: neurons("constant neurons revived"),
  constantLayers: layers("constant layers"),
  constantLayersBorn: layers("constant layers born"),
  constantLayersRevived: layers("constant layers revived"),
  noGradientNeurons: neurons("no-gradient neurons"),
  noGradientNeuronsBorn: neurons("no-gradient neurons born"),
  noGradientNeuronsRevived: neurons("no-gradient neurons revived"),
  noGradientLayers: layers("no-gradient layers"),
  noGradientLayersBorn: layers("no-gradient layers born"),
  noGradientLayersRevived: layers("no-gradient layers revived"),
  collapsed: rate("collapsed"),
  collapsedBorn: rate("collapsed at birth"),
  firstLayerRmse: error("first-layer RMSE"),
  epochsToConverge: {
    kind: "count",
    words: "epochs to converge",
    isMedian: true,
    ofConverged: true,
  },
};

/** In the order of a trial's columns. */
export const FIELD_NAMES: readonly Field[] = [
  "finalRmse",
  "deadNeurons",
  "deadLayers",
  ...LATER_NUMBERS,
];
