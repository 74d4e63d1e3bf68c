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
  | ({ readonly kind: "above" | "below"; readonly share: number } & Measured)
  /** More than half of what is counted are also among another count, or fewer. */
  | ({ readonly kind: "majority" | "minority"; readonly of: string } & Measured)
  /** Training one value of an axis takes more operations than training another. */
  | CostTest;

/** Operations are judged, for they are exact; times are shown beside them. */
export interface CostTest {
  readonly kind: "costs-more";
  readonly axis: AxisName;
  readonly base: unknown;
  readonly other: unknown;
  /** Times that the paper prints, each of one of the cells. */
  readonly printed?: readonly { readonly where: PartialCell; readonly seconds: number }[];
}

/** The tests of some kinds. */
export type TestOf<Kind> = Extract<ClaimTest, { readonly kind: Kind }>;

/** What a test measures of trials. */
export function measuredBy(test: ClaimTest): Measured[] {
  if (test.kind === "costs-more") return [];
  const { measure, among = "trained" } = test;
  const whole = "of" in test ? [{ measure: test.of, among }] : [];
  return [{ measure, among }, ...whole];
}

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
  /** How to read what is found, whatever that is; sentences. */
  readonly note?: string;
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
  /** The number in it that the verdict is about, as `+0.41`; empty where there is none. */
  readonly brief: string;
  /** Where it has several parts: each with what it is of. */
  readonly parts?: readonly Part[];
}

/** `depth 5`: `+2.17 (+2.05 to +2.29)` */
export type Part = readonly [of: string, found: string];

export interface JudgedClaim {
  readonly claim: Claim;
  /** `holds` where all groups do, `does not hold` where one does not. */
  readonly verdict: ClaimVerdict;
  readonly groups: readonly JudgedGroup[];
}

export interface ClaimData {
  readonly cells: readonly Cell[];
  seriesOf(cell: Cell, measured: Measured): Series;
  costOf(cell: Cell): Cost;
}

/** What training a network costs. */
export interface Cost {
  readonly parameters: number;
  /** Floating-point operations, of an average step of its training, with nothing left out. */
  readonly operations: number;
  /** As measured, of the training loop per trial, the median of the cell; null where none was trained. */
  readonly milliseconds: number | null;
}

/** Something found that may be chance: its p waits for those of all others. */
export interface Finding {
  readonly p: number;
  /** Above 0 where it is as claimed. */
  readonly sign: number;
}

export interface Examined extends Omit<JudgedGroup, "verdict"> {
  /** Of a group that is judged by tests; else the verdict. */
  readonly findings: readonly Finding[] | ClaimVerdict;
}
