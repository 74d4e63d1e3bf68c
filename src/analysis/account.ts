/** What a paper says, and what our trainings say of it. */
import type { AxisName, PartialCell } from "../model/axes.js";
import type { Connection } from "../model/trial.js";
import type { Claim, JudgedClaim } from "./claims.js";
import type { Among } from "./measures.js";
import type { ExpectedTotal, JudgedNumber, PublishedNumber } from "./published-numbers.js";

/** What is claimed, wherever it was read from. */
export interface Claimed {
  readonly name: string;
  readonly source: string;
  readonly numbers: readonly PublishedNumber[];
  readonly claims: readonly Claim[];
  /** What is not the paper's, but may explain what it prints and says; judged among themselves. */
  readonly hypotheses: readonly Claim[];
  /** What the account shows besides. */
  readonly plots: readonly AskedPlot[];
}

/** Means or shares of trials, as `lrn plot` draws them, with what is printed of the same. */
export interface AskedPlot extends Pick<Claim, "where" | "note"> {
  /** Names its file. */
  readonly id: string;
  readonly title: string;
  readonly x: AxisName;
  /** Measures by their names; each has panels of its own. */
  readonly y: readonly string[];
  readonly colour?: AxisName;
  readonly row?: AxisName;
  readonly column?: AxisName;
  readonly among?: Among;
  /** Whether counts are shares of all neurons, or layers, of a network. */
  readonly share?: boolean;
}

export interface ShownPlot extends Pick<AskedPlot, "id" | "title" | "note"> {
  readonly subtitle: readonly string[];
  /** The column of `rows` that runs along the x axis. */
  readonly across: string;
  readonly isPercent: boolean;
  /** A row per point, by names of columns: axes, `value`, `low`, `high`, `trials` and, where there is such, `printed`. */
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[];
}

/** How often networks of a kind are born dead, beside what theory says. */
export interface BornDeadRow {
  /** What the kinds of this account differ in. */
  readonly axes: PartialCell;
  readonly connections: readonly Connection[];
  readonly networks: number;
  readonly bornDead: number;
  /** Their share, with its 95 % interval. */
  readonly rate: number;
  readonly rateLow: number;
  readonly rateHigh: number;
  /** The closest bounds that hold; null where none does. */
  readonly atLeast: number | null;
  readonly atMost: number | null;
  /** Means per network. */
  readonly deadNeurons: number;
  readonly deadLayers: number;
}

export interface Account extends Pick<Claimed, "name" | "source"> {
  /** Trainings per cell, and cells. */
  readonly seeds: number;
  readonly cells: number;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  readonly numbers: readonly JudgedNumber[];
  /** Of the counts, where there are any, all of as many trials. */
  readonly total: ExpectedTotal | undefined;
  readonly claims: readonly JudgedClaim[];
  readonly hypotheses: readonly JudgedClaim[];
  readonly bornDead: readonly BornDeadRow[];
  readonly plots: readonly ShownPlot[];
  /** Of printed numbers that can be read in more than one way. */
  readonly readings?: readonly Reading[];
}

/** One way to read printed means of dead neurons whose meaning is not recorded. */
export interface Reading {
  readonly from: string;
  /** What was counted, by this reading. */
  readonly of: string;
  readonly rows: readonly {
    readonly depth: number;
    readonly printed: number;
    /** Of so many networks the printed mean is taken to be. */
    readonly networks: number;
    /** Our mean, over so many that converged. */
    readonly ours: number;
    readonly converged: number;
    /** Null where too few of ours converged. */
    readonly p: number | null;
  }[];
  /** `ruled out` where one mean differs, by Holm's adjustment over all of them. */
  readonly verdict: "fits" | "ruled out" | "cannot tell";
}
