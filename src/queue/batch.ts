/** A batch as a job carries it: what a worker is asked, checked before anything is done with it. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { number } from "../counted.js";
import { batchShape, type Engine } from "../engines/contract.js";
import { trainingOperations } from "../engines/cost.js";
import { UserError } from "../errors.js";
import { parseWith } from "../files/schema-errors.js";
import { AXIS_NAMES } from "../model/axes.js";
import { axisRule, rmseThreshold } from "../model/axis-rules.js";
import { type FileNumbers, fileNumbers } from "../model/file-points.js";
import { type Cell, type FileDataset, isOfFile, type Trial } from "../model/trial.js";
import { STACK_SECONDS, TRAINED_AS_ONE } from "../sweep/batches.js";
import { hashOf } from "../sweep/read-dataset.js";
import { seed } from "../sweep/schema.js";
import { trialKeys } from "../sweep/trial-key.js";
import { PROTOCOL, type Trainable } from "./address.js";

/** Trials of one shape, and what else their numbers depend on. */
export interface QueuedBatch {
  readonly trials: readonly Trial[];
  readonly threshold?: number | undefined;
  /** Of the data file that they train on, where they do. */
  readonly numbers?: FileNumbers;
}

/** The most trials that a batch may have; those that lrn makes have half of it. */
const MOST_TRIALS = 2048;
/** By the engine's speed where that was measured; those that lrn makes are planned for one. */
const MOST_SECONDS = 4;
/** The same of what an engine trains as one stack. */
const MOST_STACK_SECONDS = 2 * STACK_SECONDS;
/** Of a data file's numbers, which go with every batch. */
export const MOST_DATA_BYTES = 2 ** 20;
/** Of a job, as JSON. */
export const MOST_PAYLOAD_BYTES = 4 * 2 ** 20;

const cell = z.strictObject(
  Object.fromEntries(AXIS_NAMES.map((name) => [name, axisRule(name)])),
) as unknown as z.ZodType<Cell>;

const text = z.string({ error: "must be a text" }).max(200, { error: "must be short" });

const payloadSchema = z.strictObject({
  protocol: z.literal(PROTOCOL, { error: `must be ${PROTOCOL}` }),
  engine: text,
  numerics: text,
  threshold: rmseThreshold.optional(),
  runs: z
    .array(z.strictObject({ cell, seeds: z.array(seed).min(1).max(MOST_TRIALS) }))
    .min(1)
    .max(MOST_TRIALS),
  data: z
    .base64()
    .max(Math.ceil(MOST_DATA_BYTES / 3) * 4 + 4)
    .optional(),
});

export type Payload = z.infer<typeof payloadSchema>;

/** SHA-256 over the trials' keys and the threshold: the same batch has the same name in every run. */
export function batchKey(
  { trials, threshold }: Pick<QueuedBatch, "trials" | "threshold">,
  numerics: string,
): string {
  const hash = createHash("sha256").update(`${threshold}\n`);
  for (const { cell, seeds } of runsOf(trials)) {
    const keyOf = trialKeys(cell, numerics);
    for (const seed of seeds) hash.update(keyOf(seed));
  }
  return hash.digest("hex");
}

/** Cells once, with the seeds that follow each other: a batch has a thousand trials of few cells. */
function runsOf(trials: readonly Trial[]): { cell: Cell; seeds: number[] }[] {
  const runs: { cell: Cell; seeds: number[] }[] = [];
  for (const trial of trials) {
    const last = runs.at(-1);
    if (last && AXIS_NAMES.every((name) => last.cell[name] === trial[name])) {
      last.seeds.push(trial.seed);
    } else {
      const { seed, ...cell } = trial;
      runs.push({ cell, seeds: [seed] });
    }
  }
  return runs;
}

export function payloadOf(
  { trials, threshold }: Pick<QueuedBatch, "trials" | "threshold">,
  { engine, numerics }: Trainable,
): Payload {
  const { dataset } = trials[0];
  const numbers = isOfFile(dataset) ? fileNumbers().get(dataset.sha256) : undefined;
  return {
    protocol: PROTOCOL,
    engine,
    numerics,
    ...(threshold !== undefined && { threshold }),
    runs: runsOf(trials),
    ...(numbers && { data: bytesOf(numbers).toString("base64") }),
  };
}

/**
 * @param key what the job is called
 * @returns what it asks for
 * @throws UserError where it breaks a rule, asks for more than a batch's work, is for another engine or
 *   numeric version, or is not what it is called
 */
export function batchOf(payload: unknown, key: string, engine: Engine): QueuedBatch {
  const source = `batch ${key.slice(0, 8)}`;
  const { runs, threshold, data, ...of } = parseWith(payloadSchema, payload, source, {
    what: "a batch",
  });
  for (const name of ["engine", "numerics"] as const) {
    const own = name === "engine" ? engine.name : engine.numerics;
    if (of[name] === own) continue;
    throw new UserError(
      `${source}: ${name}: must be ${own}, this worker's, got ${JSON.stringify(of[name])}`,
    );
  }
  const trials = runs.flatMap(({ cell, seeds }) => seeds.map((seed) => ({ ...cell, seed })));
  const seconds =
    trials.reduce((sum, trial) => sum + trainingOperations(trial), 0) /
    engine.speed.operationsPerSecond;
  const isMuch = trials.length > engine.lanes && seconds > MOST_SECONDS;
  const isEndless = trials.length > TRAINED_AS_ONE && seconds > MOST_STACK_SECONDS;
  if (trials.length > MOST_TRIALS || isMuch || isEndless) {
    throw new UserError(
      `${source}: must be at most ${MOST_TRIALS} trials and about ${isMuch ? MOST_SECONDS : MOST_STACK_SECONDS} s of ` +
        `work, is ${trials.length} trials and about ${seconds.toPrecision(3)} s`,
    );
  }
  if (new Set(runs.map(({ cell }) => batchShape(cell))).size > 1) {
    throw new UserError(`${source}: its trials must be of one shape, and are of several`);
  }
  if (batchKey({ trials, threshold }, engine.numerics) !== key) {
    throw new UserError(`${source}: its trials are not those that it is called by`);
  }
  const { dataset } = trials[0];
  const numbers = isOfFile(dataset) ? numbersOf(dataset, data, source) : undefined;
  return { trials, threshold, ...(numbers && { numbers }) };
}

function numbersOf(dataset: FileDataset, data: string | undefined, source: string): FileNumbers {
  const bytes = Buffer.from(data ?? "", "base64");
  const numbers = Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) =>
    bytes.readDoubleLE(8 * i),
  );
  if (bytes.length % 8 !== 0 || hashOf(dataset, numbers) !== dataset.sha256) {
    throw new UserError(`${source}: data: must be the numbers of its dataset, by their SHA-256`);
  }
  return new Map([[dataset.sha256, numbers]]);
}

function bytesOf(numbers: Float64Array): Buffer {
  const bytes = Buffer.alloc(8 * numbers.length);
  numbers.forEach((value, i) => {
    bytes.writeDoubleLE(value, 8 * i);
  });
  return bytes;
}

/** Of the data file's numbers that go with a batch of these trials; 0 where none do. */
export function bytesOfData([{ dataset }]: readonly Trial[]): number {
  return (isOfFile(dataset) && fileNumbers().get(dataset.sha256)?.byteLength) || 0;
}

/** @throws UserError where a cell's data file is too large to go with every batch */
export function refuseLargeData(cells: readonly Pick<Cell, "dataset">[]): void {
  for (const { dataset } of cells) {
    const numbers = isOfFile(dataset) ? fileNumbers().get(dataset.sha256) : undefined;
    if (!isOfFile(dataset) || !numbers || numbers.byteLength <= MOST_DATA_BYTES) continue;
    throw new UserError(
      `dataset: the numbers of ${dataset.file} go to the workers with every batch, so they must be at most ` +
        `${number(MOST_DATA_BYTES / 8)} with --queue, are ${number(numbers.length)}; ` +
        "give fewer rows, or leave out --queue",
    );
  }
}
