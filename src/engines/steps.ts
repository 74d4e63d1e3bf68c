/** Which samples a step of training sees. An epoch is one step (thesis, section 3.4). */
import { namedStream, type StatefulStream } from "../model/random.js";
import {
  type NameOf,
  nameOf,
  parameterOf,
  type Recipe,
  type TrainingStyle,
  type Trial,
} from "../model/trial.js";

type Style = Pick<Recipe, "trainingStyle">;

interface StyleTraits {
  /** @param size of a mini-batch */
  samplesPerStep(samples: number, size: number): number;
  readonly shuffles: boolean;
}

const STYLES: Readonly<Record<NameOf<TrainingStyle>, StyleTraits>> = {
  iterative: { samplesPerStep: () => 1, shuffles: false },
  batch: { samplesPerStep: (samples) => samples, shuffles: false },
  "mini-batch": { samplesPerStep: (_, size) => size, shuffles: true },
};

/**
 * How many samples a step sees; of mini-batches the last one of a pass through the samples has what is
 * left.
 *
 * @param samples how many there are in all
 */
export function samplesPerStep({ trainingStyle }: Style, samples: number): number {
  return STYLES[nameOf(trainingStyle)].samplesPerStep(samples, parameterOf(trainingStyle));
}

/** Steps of a pass, which sees every sample once. */
export function stepsPerPass(recipe: Style, samples: number): number {
  return Math.ceil(samples / samplesPerStep(recipe, samples));
}

/**
 * Samples [begin, end) that epoch `epoch` sees, in the order of its pass: after the last sample come the
 * first again.
 */
export function samplesOfEpoch(
  recipe: Style,
  samples: number,
  epoch: number,
): readonly [number, number] {
  const count = samplesPerStep(recipe, samples);
  const begin = (epoch % stepsPerPass(recipe, samples)) * count;
  return [begin, Math.min(begin + count, samples)];
}

/** Whether each pass sees the samples in an order of its own. */
export function shuffles({ trainingStyle }: Style): boolean {
  return STYLES[nameOf(trainingStyle)].shuffles;
}

/**
 * The order of the samples, pass after pass: a permutation of 0 … samples-1 each, drawn by Fisher and
 * Yates's shuffle from a stream of its own for each seed, so that networks of one seed see the same
 * mini-batches whatever they are. Where nothing is shuffled, always as they are.
 *
 * @returns gives the next pass's order, [samples]; the same array each time
 */
export function passOrders(trial: Style & Pick<Trial, "seed">, samples: number): () => Int32Array {
  const order = Int32Array.from({ length: samples }, (_, place) => place);
  if (!shuffles(trial)) return () => order;
  const stream = passStream(trial, samples);
  return () => {
    for (let last = samples - 1; last > 0; last--) {
      const chosen = Math.floor(stream() * (last + 1));
      [order[last], order[chosen]] = [order[chosen], order[last]];
    }
    return order;
  };
}

/** What `passOrders` draws from. */
export function passStream({ seed }: Pick<Trial, "seed">, samples: number): StatefulStream {
  return namedStream(seed, `${samples}/mini-batches`);
}
