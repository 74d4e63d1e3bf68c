/** What of trials can be compared: whether they converged, and every number that a trained one has. */
import { columnOfNumber, LATER_NUMBERS, type LaterNumber } from "../model/outcome.js";

export interface Measure {
  /** As the command line names it: `dead-neurons`. */
  readonly name: string;
  /** The field of a trained outcome that has the number. */
  readonly field: "finalRmse" | "deadNeurons" | "deadLayers" | LaterNumber;
  /** `rate`: each trial has it or not, as 1 or 0. `count`: whole numbers. `error`: real ones. */
  readonly kind: "rate" | "count" | "error";
  /** Only of convergence: the threshold turns the final RMSE into yes or no, and what overflowed has not converged. */
  readonly isConvergence: boolean;
}

type Field = Measure["field"];

const FIELDS: readonly Field[] = ["deadNeurons", "deadLayers", "finalRmse", ...LATER_NUMBERS];

export const CONVERGED: Measure = {
  name: "converged",
  field: "finalRmse",
  kind: "rate",
  isConvergence: true,
};

/** By their names. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map(
  [CONVERGED, ...FIELDS.map(measureOf)].map((measure) => [measure.name, measure]),
);

function measureOf(field: Field): Measure {
  const name = columnOfNumber(field as LaterNumber).replaceAll("_", "-");
  return { name, field, kind: kindOf(field), isConvergence: false };
}

function kindOf(field: Field): Measure["kind"] {
  if (field.startsWith("collapsed")) return "rate";
  return /rmse$/i.test(field) ? "error" : "count";
}
