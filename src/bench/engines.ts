/** Times the engines and their backends against each other, on the same cells. */
import { setImmediate as turn } from "node:timers/promises";
import type { Engine } from "../engines/contract.js";
import { loadEngine } from "../engines/load.js";
import { BACKENDS } from "../engines/names.js";
import { UserError } from "../errors.js";
import { cellOf } from "../model/cells.js";
import { type Cell, THESIS_DATASET } from "../model/trial.js";

export interface EngineTiming {
  readonly cell: Cell;
  readonly engine: string;
  /** Null for engines that have none. */
  readonly backend: string | null;
  /** Trials in the batch. */
  readonly trials: number;
  /** Trainings of all the cell's epochs, by the wall time of the median run. */
  readonly trainingsPerSecond: number;
  /** What the same engine and backend trains a second with one trial a batch goes into that so many times. */
  readonly timesOneAtATime: number;
}

export interface EngineComparison {
  readonly timings: readonly EngineTiming[];
  /** A line for each backend that could not be timed, with the reason and the remedy. */
  readonly absent: readonly string[];
}

const THESIS_CELL = cellOf({
  dataset: THESIS_DATASET,
  depth: 10,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 3000,
});
const CELLS: readonly Cell[] = [
  { ...THESIS_CELL, depth: 2, width: 4, optimizer: "sgd", trainingStyle: "iterative" },
  THESIS_CELL,
  { ...THESIS_CELL, depth: 30, connection: "late-residual" },
];

interface Contender {
  readonly engine: Engine;
  /** Sizes of the batches that are timed. */
  readonly batches: readonly number[];
  /** Steps that are timed. TensorFlow.js takes as long for each, and for all of them too long. */
  readonly epochs: number;
}

/**
 * @param runs of which the median counts; one more before them does not
 * @param note told what comes next
 */
export async function compareEngines(
  runs: number,
  note: (text: string) => void,
): Promise<EngineComparison> {
  const { contenders, absent } = await findContenders();
  const timings: EngineTiming[] = [];
  for (const contender of contenders) {
    const { engine, batches } = contender;
    const backend = engine.backend?.name ?? null;
    note(`${engine.name}${backend ? `, backend ${backend}` : ""} …`);
    for (const cell of CELLS) {
      const [alone, ...stacked] = await rates(contender, cell, runs);
      timings.push(
        ...[alone, ...stacked].map((trainingsPerSecond, i) => ({
          cell,
          engine: engine.name,
          backend,
          trials: batches[i],
          trainingsPerSecond,
          timesOneAtATime: trainingsPerSecond / alone,
        })),
      );
    }
  }
  return { timings, absent };
}

async function findContenders(): Promise<{ contenders: Contender[]; absent: string[] }> {
  const contenders: Contender[] = [
    { engine: await loadEngine("fused"), batches: [1, 100], epochs: THESIS_CELL.epochs },
  ];
  const absent: string[] = [];
  for (const backend of BACKENDS) {
    try {
      const engine = await loadEngine("tfjs", backend);
      const batches = backend === "cpu" ? [1, 100] : [1, 100, 1000];
      contenders.push({ engine, batches, epochs: 30 });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      absent.push(error.message);
    }
  }
  return { contenders, absent };
}

/** Trainings of the cell per second, a number per size of batch. */
async function rates({ engine, batches, epochs }: Contender, cell: Cell, runs: number) {
  const perSecond: number[] = [];
  for (const trials of batches) {
    const batch = Array.from({ length: trials }, (_, seed) => ({ ...cell, seed, epochs }));
    const seconds: number[] = [];
    // The first run, in which V8 compiles, does not count.
    for (let run = 0; run <= runs; run++) {
      await turn(); // the event loop, which tells of signals
      const start = performance.now();
      await engine.train({ trials: batch });
      if (run > 0) seconds.push((performance.now() - start) / 1000);
    }
    perSecond.push((trials * epochs) / cell.epochs / median(seconds));
  }
  return perSecond;
}

/** Of an even number the lower of the two in the middle. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
}
