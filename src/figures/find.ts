/** Finds a figure by its id, and says which choices it has. */
import { refuseUnlessWhole } from "../counted.js";
import { nearestOf, UserError } from "../errors.js";
import { FIGURES, type Figure } from "../thesis/figures.js";

/** @throws UserError with the nearest ids */
export function figureOf(id: string): Figure {
  if (typeof id !== "string") throw new UserError(`figure: must be text, as "4.9", got ${id}`);
  const found = FIGURES.find((figure) => figure.id === id);
  if (found) return found;
  const ids = FIGURES.map((figure) => figure.id);
  const nearest = nearestIds(id, ids);
  throw new UserError(
    `figure: must be an id of \`lrn figure list\`, got ${JSON.stringify(id)}; ` +
      (nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `they are ${ids.join(", ")}`),
  );
}

const NEAREST = 3;

function nearestIds(id: string, ids: readonly string[]): string[] {
  const nearest: string[] = [];
  while (nearest.length < NEAREST) {
    const next = nearestOf(
      id,
      ids.filter((candidate) => !nearest.includes(candidate)),
    );
    if (next === undefined) break;
    nearest.push(next);
  }
  return nearest;
}

export interface FigureChoices {
  /** Trainings per cell, for tables and bars; 10 unless told, or as many as the figure has for its own. */
  readonly seeds?: number | undefined;
  /** Shows this training, instead of the one that the figure's rule chooses. */
  readonly seed?: number | undefined;
}

/** The least and the most that each choice may be. */
export const CHOICE_LIMITS = { seeds: [1, 100_000], seed: [0, 2 ** 32 - 1] } as const;

/** @throws UserError where a choice is not within its limits, or means nothing to the figure */
export function refuseOdd(figure: Figure, given: FigureChoices): void {
  for (const name of ["seeds", "seed"] as const) {
    if (given[name] !== undefined) refuseUnlessWhole(name, given[name], CHOICE_LIMITS[name]);
  }
  refuseUseless(figure, given);
}

/**
 * @param dashes what stands before a choice's name where it was given
 * @throws UserError where a choice means nothing to the figure
 */
export function refuseUseless(
  figure: Pick<Figure, "id" | "takes">,
  given: FigureChoices,
  dashes = "",
): void {
  for (const name of ["seeds", "seed"] as const) {
    if (given[name] === undefined || figure.takes === name) continue;
    const remedy = figure.takes ? `give ${dashes}${figure.takes}, or neither` : "leave it out";
    throw new UserError(`${dashes}${name}: means nothing to figure ${figure.id}; ${remedy}`);
  }
}
