/** Which samples a step of training sees. An epoch is one step (thesis, section 3.4). */
import type { Recipe, TrainingStyle } from "../model/trial.js";

const SAMPLES_PER_STEP = {
  iterative: () => 1,
  batch: (samples) => samples,
} satisfies Record<TrainingStyle, (samples: number) => number>;

/** @param samples how many there are in all */
export function samplesPerStep(
  { trainingStyle }: Pick<Recipe, "trainingStyle">,
  samples: number,
): number {
  return SAMPLES_PER_STEP[trainingStyle](samples);
}

/** Samples [begin, end) that epoch `epoch` sees: after the last of them come the first again. */
export function samplesOfEpoch(
  recipe: Pick<Recipe, "trainingStyle">,
  samples: number,
  epoch: number,
): readonly [number, number] {
  const count = samplesPerStep(recipe, samples);
  const begin = (epoch * count) % samples;
  return [begin, begin + count];
}
