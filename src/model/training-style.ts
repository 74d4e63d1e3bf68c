/** What the training styles mean (thesis, section 3.2). */
import type { TrainingStyle } from "./trial.js";

const SAMPLES_PER_STEP: Readonly<Record<TrainingStyle, (samples: number) => number>> = {
  iterative: () => 1,
  batch: (samples) => samples,
};

/** How many of the dataset's samples one optimizer step, an epoch, sees. */
export function samplesPerStep(style: TrainingStyle, samples: number): number {
  return SAMPLES_PER_STEP[style](samples);
}
