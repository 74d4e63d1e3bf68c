/** What the benchmark trains. */
import { cellOf } from "../model/cells.js";
import type { Cell, Trial } from "../model/trial.js";
import { THESIS_CONNECTIONS, THESIS_OPTIMIZERS, THESIS_STYLES } from "../thesis/experiment.js";

export interface BenchCase {
  readonly name: string;
  /** Batches of same-shaped trials, as a worker gets them. */
  readonly batches: readonly (readonly Trial[])[];
}

/** The cell that the engines and the peers are compared on. */
export const PEER_CELL = cellOf({
  depth: 10,
  width: 2,
  connection: "late-residual",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 3000,
  dataset: { function: "abs", samples: 20, generator: "numpy", seed: 42 },
});

const THESIS_DEPTHS = [2, 5, 10, 15, 20, 25, 30];
const THESIS_RATES = [0.1, 0.01, 0.001];

export function seedsOf(cell: Cell, seeds: number): Trial[] {
  return Array.from({ length: seeds }, (_, seed) => ({ ...cell, seed }));
}

/** The 1,680 trainings of the thesis's grid at one width. */
export function thesisCase(width: number): BenchCase {
  const shapes = THESIS_DEPTHS.flatMap((depth) =>
    THESIS_CONNECTIONS.flatMap((connection) =>
      THESIS_OPTIMIZERS.flatMap((optimizer) =>
        THESIS_STYLES.map((trainingStyle) => ({
          ...PEER_CELL,
          width,
          depth,
          connection,
          optimizer,
          trainingStyle,
        })),
      ),
    ),
  );
  const batches = shapes.map((shape) =>
    THESIS_RATES.flatMap((learningRate) => seedsOf({ ...shape, learningRate }, 10)),
  );
  return { name: `thesis, width ${width}`, batches };
}

/** How the cost grows: one thing at a time changed from four trials of the peers' cell. */
export function growthCases(): BenchCase[] {
  const growth = (name: string, cell: Partial<Cell>, seeds = 4): BenchCase => ({
    name,
    batches: [seedsOf({ ...PEER_CELL, ...cell }, seeds)],
  });
  return [
    ...[2, 4, 8, 16, 32, 64].map((width) =>
      growth(`width ${width}`, { width, epochs: width > 16 ? 100 : 3000 }),
    ),
    ...[1, 3, 30, 100].map((depth) => growth(`depth ${depth}`, { depth })),
    ...[2, 200, 2000].map((samples) =>
      growth(`${samples} samples`, { dataset: { ...PEER_CELL.dataset, samples } }),
    ),
    ...[1, 10, 100, 1000].map((seeds) =>
      growth(`${seeds} ${seeds === 1 ? "seed" : "seeds"}`, { epochs: 300 }, seeds),
    ),
  ];
}
