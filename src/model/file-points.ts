/**
 * The numbers of data files, kept by their hash: read once, where the files are, and handed to every
 * thread that trains, so that `makeDataset` needs no file.
 */
import { dimensionsOf } from "./dataset-dimensions.js";
import { namedStream } from "./random.js";
import type { FileDataset } from "./trial.js";

/** In original units. */
export interface RawPoints {
  readonly samples: number;
  /** [samples, inputs] */
  readonly x: Float64Array;
  /** [samples, outputs] */
  readonly t: Float64Array;
}

/** Low and high. */
export type Domain = readonly [number, number];

export interface Chosen {
  /** What networks are trained on. */
  readonly points: RawPoints;
  /** What they are judged on and not trained on, where that is asked for. */
  readonly test?: RawPoints;
  /** Of each input, in original units. */
  readonly domains: readonly Domain[];
}

/** By the dataset's SHA-256: [rows, inputs and targets]. */
export type FileNumbers = ReadonlyMap<string, Float64Array>;

const known = new Map<string, Float64Array>();

/** Makes them known to `makeDataset` in this thread. */
export function keepFileNumbers(numbers: FileNumbers): void {
  for (const [sha256, own] of numbers) known.set(sha256, own);
}

/** All that this thread knows, for others. */
export function fileNumbers(): FileNumbers {
  return known;
}

export function hasFileNumbers({ sha256 }: FileDataset): boolean {
  return known.has(sha256);
}

/**
 * The file's rows in their order, without those for testing, which a stream that is named by the hash
 * draws without replacement. An input's domain goes from its least to its greatest value in the file.
 *
 * @throws Error where the file has not been read here
 */
export function pointsOfFile(spec: FileDataset): Chosen {
  const numbers = known.get(spec.sha256);
  if (!numbers) {
    throw new Error(
      `dataset: the numbers of ${spec.file} (SHA-256 ${spec.sha256}) have not been read here; ` +
        "readDataset or readSweep reads them",
    );
  }
  const { inputs, outputs } = dimensionsOf(spec);
  const columns = inputs + outputs;
  const rows = numbers.length / columns;
  const tested = testRows(spec, rows);
  const select = (wanted: boolean): RawPoints => {
    const chosen = Array.from({ length: rows }, (_, row) => row).filter(
      (row) => tested.has(row) === wanted,
    );
    const x = new Float64Array(chosen.length * inputs);
    const t = new Float64Array(chosen.length * outputs);
    for (const [sample, row] of chosen.entries()) {
      const [begin, end] = [row * columns, (row + 1) * columns];
      x.set(numbers.subarray(begin, begin + inputs), sample * inputs);
      t.set(numbers.subarray(begin + inputs, end), sample * outputs);
    }
    return { samples: chosen.length, x, t };
  };
  return {
    points: select(false),
    domains: Array.from({ length: inputs }, (_, input) => rangeOf(numbers, input, columns)),
    ...(tested.size > 0 && { test: select(true) }),
  };
}

function testRows({ sha256, testSamples = 0 }: FileDataset, rows: number): ReadonlySet<number> {
  const stream = namedStream(sha256, "dataset/test");
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let drawn = 0; drawn < testSamples; drawn++) {
    const chosen = drawn + Math.floor(stream() * (rows - drawn));
    [order[drawn], order[chosen]] = [order[chosen], order[drawn]];
  }
  return new Set(order.subarray(0, testSamples));
}

/** Of a column of numbers, [rows, columns]. */
function rangeOf(numbers: Float64Array, column: number, columns: number): Domain {
  let [low, high] = [numbers[column], numbers[column]];
  for (let at = column; at < numbers.length; at += columns) {
    low = Math.min(low, numbers[at]);
    high = Math.max(high, numbers[at]);
  }
  return [low, high];
}
