/** What a paper says, and what our trainings say of it. */
import type { Claim, JudgedClaim } from "./claims.js";
import type { ExpectedTotal, JudgedNumber, PublishedNumber } from "./published-numbers.js";

/** What is claimed, wherever it was read from. */
export interface Claimed {
  readonly name: string;
  readonly source: string;
  readonly numbers: readonly PublishedNumber[];
  readonly claims: readonly Claim[];
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
