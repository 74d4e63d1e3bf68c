/** What all trainings of the thesis have in common (sections 3.1 to 3.4), beside its dataset. */

import type { Connection, Optimizer, TrainingStyle } from "../model/trial.js";

export const THESIS_EPOCHS = 3000;

/** The largest final RMSE of a converged training, in original units. */
export const THESIS_CONVERGED_RMSE = 0.07;

/** Those that the thesis compares, of the connections, optimizers and training styles that there are. */
export const THESIS_CONNECTIONS = [
  "plain",
  "late-residual",
] as const satisfies readonly Connection[];
export const THESIS_OPTIMIZERS = ["adam", "sgd"] as const satisfies readonly Optimizer[];
export const THESIS_STYLES = ["iterative", "batch"] as const satisfies readonly TrainingStyle[];

export type ThesisConnection = (typeof THESIS_CONNECTIONS)[number];
export type ThesisStyle = (typeof THESIS_STYLES)[number];
