/** What the tests of this folder train. */

import { type BackendReport, inspectBackends } from "#lrn/engines/tfjs/backends.js";
import { cellOf } from "#lrn/model/cells.js";
import type { Trial } from "#lrn/model/trial.js";
import { CONNECTIONS, OPTIMIZERS, phraseOf } from "#lrn/model/trial.js";
import { WHOLE } from "../batches.js";
import { ACTIVATION_VALUES } from "../values.js";

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

/** The last mini-batch of a pass has two samples. */
const STYLES = ["iterative", "batch", { name: "mini-batch", size: 6 }] as const;
const DATASETS = [
  TRIAL.dataset,
  { ...TRIAL.dataset, function: "abs-sum-difference", testSamples: 7 },
] as const;
const WIDTHS = [2, 4];

/** Every activation with every connection; between them, each of the two with every optimizer and style. */
const SOME = CONNECTIONS.flatMap((connection, c) =>
  ACTIVATION_VALUES.map((activation, a): Trial => {
    const optimizer = OPTIMIZERS[(a + c) % 3];
    const trainingStyle = STYLES[(a + 2 * c) % 3];
    const dataset = DATASETS[(a + (c >> 1)) % 2];
    const width = WIDTHS[((a >> 1) + c) % 2];
    return { ...TRIAL, connection, activation, optimizer, trainingStyle, dataset, width };
  }),
);

export const SHAPES: readonly Trial[] = WHOLE
  ? SOME.flatMap((trial) =>
      OPTIMIZERS.flatMap((optimizer) =>
        STYLES.flatMap((trainingStyle) =>
          WIDTHS.map((width) => ({ ...trial, optimizer, trainingStyle, width })),
        ),
      ),
    )
  : SOME;

export const nameOf = (trial: Trial) =>
  [
    `depth ${trial.depth}`,
    `width ${trial.width}`,
    trial.connection,
    phraseOf(trial.activation),
    trial.optimizer,
    phraseOf(trial.trainingStyle),
    trial.dataset.function,
  ].join(", ");

/** The backends, and a title that says why one is skipped. */
export const BACKEND_REPORTS = (await inspectBackends()).map(
  (report): BackendReport & { title: string } => ({
    ...report,
    title: `backend ${report.backend}${report.usable ? "" : ` (skipped: ${report.reason})`}`,
  }),
);
