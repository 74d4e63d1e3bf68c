/** What the tests of this folder train. */

import { type BackendReport, inspectBackends } from "#lrn/engines/tfjs/backends.js";
import { cellOf } from "#lrn/model/cells.js";
import type { Trial } from "#lrn/model/trial.js";
import { CONNECTIONS, OPTIMIZERS, TRAINING_STYLES } from "#lrn/model/trial.js";

export const TRIAL: Trial = {
  ...cellOf({
    dataset: { function: "abs", samples: 20, generator: "numpy", seed: 42 },
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

/** Both connections, optimizers, styles and the thesis's widths. */
export const SHAPES: readonly Trial[] = CONNECTIONS.flatMap((connection) =>
  OPTIMIZERS.flatMap((optimizer) =>
    TRAINING_STYLES.flatMap((trainingStyle) =>
      [2, 4].map((width) => ({ ...TRIAL, connection, optimizer, trainingStyle, width })),
    ),
  ),
);

export const nameOf = ({ connection, optimizer, trainingStyle, width }: Trial) =>
  `${connection}, ${optimizer}, ${trainingStyle}, width ${width}`;

/** The backends, and a title that says why one is skipped. */
export const BACKEND_REPORTS = (await inspectBackends()).map(
  (report): BackendReport & { title: string } => ({
    ...report,
    title: `backend ${report.backend}${report.usable ? "" : ` (skipped: ${report.reason})`}`,
  }),
);
