/** A value of each training style, activation and so on that there is, with the parameters that some need. */
import {
  ACTIVATIONS,
  type Activation,
  type NameOf,
  TRAINING_STYLES,
  type TrainingStyle,
} from "#lrn/model/trial.js";

const STYLE_OF: Record<NameOf<TrainingStyle>, TrainingStyle> = {
  iterative: "iterative",
  batch: "batch",
  "mini-batch": { name: "mini-batch", size: 2 }, // no dataset of the tests has fewer samples
};

const ACTIVATION_OF: Record<NameOf<Activation>, Activation> = {
  relu: "relu",
  "leaky-relu": { name: "leaky-relu", slope: 0.2 },
  prelu: { name: "prelu", slope: 0.25 },
  elu: { name: "elu", alpha: 0.7 },
  gelu: "gelu",
  silu: "silu",
};

export const STYLES: readonly TrainingStyle[] = TRAINING_STYLES.map((name) => STYLE_OF[name]);
export const ACTIVATION_VALUES: readonly Activation[] = ACTIVATIONS.map(
  (name) => ACTIVATION_OF[name],
);
