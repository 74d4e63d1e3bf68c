/** A plan: the trials that a sweep asks for, worked out, nothing trained. */
import { UserError } from "../errors.js";
import type { Cell } from "../model/trial.js";
import { type Grid, MAX_TRIALS, type Sweep } from "./schema.js";
import { cellKey } from "./trial-key.js";

export interface PlannedCell {
  readonly cell: Cell;
  /** Names the cell and the arithmetic that trains it. */
  readonly key: string;
}

export interface Plan {
  /** Each cell once, in the order of the sweep file. */
  readonly cells: readonly PlannedCell[];
  /** Each seed once; every cell is trained with all of them. */
  readonly seeds: readonly number[];
  /** cells times seeds */
  readonly trials: number;
}

/**
 * @param numerics the numeric version of the engine that is to train
 * @throws UserError where the sweep asks for more than ten million trials
 */
export function planSweep(sweep: Sweep, numerics: string): Plan {
  const grids = Array.isArray(sweep.grid) ? sweep.grid : [sweep.grid];
  refuseTooMany(sweep, grids);
  const cells = new Map<string, PlannedCell>();
  for (const cell of grids.flatMap((grid) => combinations(grid, sweep))) {
    const key = cellKey(cell, numerics);
    if (!cells.has(key)) cells.set(key, { cell, key });
  }
  const seeds = seedsOf(sweep);
  return { cells: [...cells.values()], seeds, trials: cells.size * seeds.length };
}

function seedsOf(sweep: Sweep): number[] {
  return typeof sweep.seeds === "number"
    ? Array.from({ length: sweep.seeds }, (_, seed) => seed)
    : [...new Set(sweep.seeds)];
}

function combinations(grid: Grid, { dataset, epochs }: Sweep): Cell[] {
  return grid.depth.flatMap((depth) =>
    grid.width.flatMap((width) =>
      grid.connection.flatMap((connection) =>
        grid.optimizer.flatMap((optimizer) =>
          grid.learningRate.flatMap((learningRate) =>
            grid.trainingStyle.map((trainingStyle) => ({
              depth,
              width,
              connection,
              optimizer,
              learningRate,
              trainingStyle,
              epochs,
              dataset,
            })),
          ),
        ),
      ),
    ),
  );
}

/** Counted before anything is expanded: a plan that is refused must not fill the memory first. */
function refuseTooMany(sweep: Sweep, grids: readonly Grid[]): void {
  const seeds = typeof sweep.seeds === "number" ? sweep.seeds : sweep.seeds.length;
  const cells = grids
    .map((grid) => Object.values(grid).reduce((product, axis) => product * axis.length, 1))
    .reduce((total, count) => total + count, 0);
  if (cells * seeds > MAX_TRIALS) {
    const asked = (cells * seeds).toLocaleString("en-US");
    throw new UserError(
      `grid: must ask for at most ${MAX_TRIALS.toLocaleString("en-US")} trials, ` +
        `got ${asked} (${cells.toLocaleString("en-US")} cells, ${seeds.toLocaleString("en-US")} seeds); ` +
        "give fewer values or seeds, or split the sweep",
    );
  }
}
