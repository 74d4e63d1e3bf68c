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
}
