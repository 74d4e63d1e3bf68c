/** Which training a plot shows: of our seeds, the one nearest to what the thesis's plot shows. */
import { hasConverged, type Outcome } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import type { StoredTrial } from "../store/store.js";
import { THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { Sought } from "../thesis/figures.js";
import { SEEDS_SEARCHED, type ThesisTrials } from "./thesis-trials.js";

export interface ChosenTraining {
  readonly seed: number;
  /** The rule, as a sentence. */
  readonly rule: string;
}

interface Rule {
  /** The first of these is shown; left out, all seeds are looked through for the nearest. */
  readonly wanted?: (outcome: Outcome) => boolean;
  /** How far from it a training is, where none is what is wanted; the first of the nearest is shown. */
  readonly distance: (outcome: Outcome) => number;
  readonly first: string;
  readonly nearest: string;
}

const converged = (outcome: Outcome) => hasConverged(outcome, THESIS_CONVERGED_RMSE);

const RULES: Readonly<Record<Sought, Rule>> = {
  converged: {
    wanted: converged,
    distance: aboveThreshold,
    first: "the first that converged",
    nearest: "none of which converged, the one that came nearest to it",
  },
  constant: {
    wanted: (outcome) => !converged(outcome) && deadLayersOf(outcome) > 0,
    distance: (outcome) =>
      converged(outcome) ? Number.POSITIVE_INFINITY : -deadNeuronsOf(outcome),
    first:
      "the first that did not converge and has a dead layer, which makes its prediction a constant",
    nearest: "none of which has a dead layer, the one with the most dead neurons",
  },
  "nearly converged": {
    distance: (outcome) =>
      converged(outcome) ? Number.POSITIVE_INFINITY : aboveThreshold(outcome),
    first: "",
    nearest: "the one that came nearest to convergence without reaching it",
  },
};

/** @returns the seed, of the first thousand at most, and by which rule it was chosen */
export async function chooseTraining(
  cell: Cell,
  sought: Sought,
  trials: Pick<ThesisTrials, "search" | "of">,
): Promise<ChosenTraining> {
  const { wanted, distance, first, nearest } = RULES[sought];
  let all: readonly StoredTrial[];
  if (wanted) {
    const [found] = await trials.search([cell], { wanted, count: 1 }, SEEDS_SEARCHED);
    if (found.reached)
      return { seed: found.trials.at(-1)!.seed, rule: `Shown: of the seeds 0, 1, 2, …, ${first}.` };
    all = found.trials;
  } else {
    [all] = await trials.of([cell], SEEDS_SEARCHED);
  }
  const [{ seed }] = all.toSorted((a, b) => compare(distance(a.outcome), distance(b.outcome)));
  return { seed, rule: `Shown: of the seeds 0 to ${all.length - 1}, ${nearest}.` };
}

/** Two that are infinite are as far as each other. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function aboveThreshold(outcome: Outcome): number {
  return outcome.state === "trained"
    ? outcome.finalRmse - THESIS_CONVERGED_RMSE
    : Number.POSITIVE_INFINITY;
}

function deadLayersOf(outcome: Outcome): number {
  return outcome.state === "trained" ? outcome.deadLayers : 0;
}

function deadNeuronsOf(outcome: Outcome): number {
  return outcome.state === "trained" ? outcome.deadNeurons : 0;
}
