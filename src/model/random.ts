/** Random streams. Each is decided by its seed alone, on every machine. */
import { mersenne } from "pure-rand/generator/mersenne";
import seedrandom from "seedrandom";
import type { Generator } from "./trial.js";

/** Draws the next number, uniform in [0, 1). */
export type Stream = () => number;

/** A stream that can be gone on with elsewhere: its state is that of ARC4, 256 bytes and two counters. */
export type StatefulStream = seedrandom.StatefulPRNG<seedrandom.State.Arc4>;

/**
 * NumPy's legacy generator, `numpy.random.RandomState(seed).random_sample()`: MT19937, and a
 * double's 53 bits from two draws, 27 and 26 of them.
 *
 * @param seed a whole number from 0 to 2^32 - 1
 */
export function numpyStream(seed: number): Stream {
  const generator = mersenne(seed);
  return () => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}

/** A stream of its own for each seed and purpose: drawing more of one never moves another. */
export function namedStream(seed: number | string, purpose: string): StatefulStream {
  return seedrandom(`${seed}/${purpose}`, { state: true });
}

const DATASET_STREAMS: Readonly<Record<Generator, (seed: number) => Stream>> = {
  numpy: numpyStream,
  seedrandom: (seed) => namedStream(seed, "dataset"),
};

/** The stream that a dataset's inputs are drawn from. */
export function datasetStream(generator: Generator, seed: number): Stream {
  return DATASET_STREAMS[generator](seed);
}
