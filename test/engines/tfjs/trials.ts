/** What the tests of this folder train. */

import { type BackendReport, inspectBackends } from "#lrn/engines/tfjs/backends.js";
import { cellName, cellOf } from "#lrn/model/cells.js";
import {
  CONNECTIONS,
  type DatasetSpec,
  OPTIMIZERS,
  THESIS_DATASET,
  type Trial,
} from "#lrn/model/trial.js";
import { THESIS_CONNECTIONS, THESIS_OPTIMIZERS, THESIS_STYLES } from "#lrn/thesis/experiment.js";
import { ACTIVATION_VALUES, STYLES } from "../values.js";

const TWO_INPUTS: DatasetSpec = {
  ...THESIS_DATASET,
  function: "abs-sum-difference",
  samples: 17,
  testSamples: 5,
};

export const TRIAL: Trial = {
  ...cellOf({
    dataset: THESIS_DATASET,
    depth: 5,
    width: 2,
    connection: "late-residual",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    epochs: 50,
  }),
  seed: 0,
};

/** The thesis's connections, optimizers, styles and widths. */
const THESIS_SHAPES = THESIS_CONNECTIONS.flatMap((connection) =>
  THESIS_OPTIMIZERS.flatMap((optimizer) =>
    THESIS_STYLES.flatMap((trainingStyle) =>
      [2, 4].map((width): Trial => ({ ...TRIAL, connection, optimizer, trainingStyle, width })),
    ),
  ),
);

/** Every connection with every activation; optimizers, styles, widths and datasets in turns. */
const FURTHER_SHAPES = CONNECTIONS.flatMap((connection, c) =>
  ACTIVATION_VALUES.map((activation, a): Trial => {
    const turn = c + a;
    return {
      ...TRIAL,
      depth: 3,
      width: 2 + (turn % 3),
      connection,
      activation,
      optimizer: OPTIMIZERS[turn % OPTIMIZERS.length],
      trainingStyle: STYLES[(turn + c) % STYLES.length],
      dataset: turn % 2 === 0 ? TRIAL.dataset : TWO_INPUTS,
    };
  }),
);

export const SHAPES: readonly Trial[] = [...THESIS_SHAPES, ...FURTHER_SHAPES];

export const nameOf = (trial: Trial) => cellName(trial);

/** The backends, and a title that says why one is skipped. */
export const BACKEND_REPORTS = (await inspectBackends()).map(
  (report): BackendReport & { title: string } => ({
    ...report,
    title: `backend ${report.backend}${report.usable ? "" : ` (skipped: ${report.reason})`}`,
  }),
);
