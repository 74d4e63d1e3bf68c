/** Claims that a paper makes of its networks, as data, and what is found of them. */
import type { AxisName, PartialCell } from "../model/axes.js";
import { sameValue } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import type { Series } from "./clusters.js";

/** Which trials a measure is taken of. */
export interface Measured {
  /** By its name: `converged`, `dead-layers`. */
  readonly measure: string;
  /** Unless told, all that were trained. */
  readonly among?: "trained" | "converged";
}

export type ClaimTest =
  /** One value of an axis has more than another, or fewer. */
  | ({
      readonly kind: "more" | "fewer";
      readonly axis: AxisName;
      /** What has less of it, or more. */
      readonly base: unknown;
      readonly other: unknown;
    } & Measured)
  /** No trial has any; or some trial has. */
  | ({ readonly kind: "never" | "sometimes" } & Measured)
  /** The mean rises from each value of an axis to the next. */
  | ({ readonly kind: "rises"; readonly over: AxisName } & Measured)
  /** A share is above this one, or below: of trials, or on average of a network's neurons or layers. */
  | ({ readonly kind: "above" | "below"; readonly share: number } & Measured);

export interface Claim {
  readonly id: string;
  /** Where the paper makes it. */
  readonly from: string;
  /** In our words, a sentence without its end. */
  readonly says: string;
  /** Of these cells: for each axis the values, all where it is left out. */
  readonly where: { readonly [Name in AxisName]?: readonly unknown[] };
  /** It is said of each combination of these, which are judged one by one; of all cells together where there are none. */
  readonly by: readonly AxisName[];
  readonly test: ClaimTest;
}

/** Whether a claim is of a cell. */
export function isAbout({ where }: Pick<Claim, "where">, cell: Cell): boolean {
  return (Object.keys(where) as AxisName[]).every((name) =>
    where[name]!.some((value) => sameValue(value, cell[name])),
  );
}

export type ClaimVerdict = "holds" | "does not hold" | "cannot tell";

/** One combination of a claim's axes. */
export interface JudgedGroup {
  readonly axes: PartialCell;
  readonly verdict: ClaimVerdict;
  /** What was found, as `0.52 against 0.11, +0.41 (0.37 to 0.45)`. */
  readonly evidence: string;
}

export interface JudgedClaim {
  readonly claim: Claim;
  /** `holds` where all groups do, `does not hold` where one does not. */
  readonly verdict: ClaimVerdict;
  readonly groups: readonly JudgedGroup[];
}

export interface ClaimData {
  readonly cells: readonly Cell[];
  seriesOf(cell: Cell, measured: Measured): Series;
}

/** Something found that may be chance: its p waits for those of all others. */
export interface Finding {
  readonly p: number;
  /** Above 0 where it is as claimed. */
  readonly sign: number;
}

export interface Examined {
  readonly axes: PartialCell;
  readonly evidence: string;
  /** Of a group that is judged by tests; else the verdict. */
  readonly findings: readonly Finding[] | ClaimVerdict;
}
