/** The counts of operations, against those that the reference engine really does. */

import { expect, it } from "vitest";
import { floatingPointOperations, trainingOperations } from "#lrn/engines/cost.js";
import { lossAndGradients } from "#lrn/engines/reference/loss.js";
import { makeWorkspace } from "#lrn/engines/reference/network.js";
import { makeOptimizer } from "#lrn/engines/reference/optimizers.js";
import { float32, type Precision } from "#lrn/engines/reference/precision.js";
import { samplesOfEpoch } from "#lrn/engines/steps.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { initialParameters } from "#lrn/model/initialization.js";
import {
  type Cell,
  type Connection,
  CONNECTIONS,
  OPTIMIZERS,
  THESIS_DATASET,
} from "#lrn/model/trial.js";
import { STYLES } from "./values.js";

/** Operations of the reference engine in one epoch: what it rounds, and ReLU's two comparisons per neuron. */
function operationsOfAnEpoch(cell: Cell): number {
  let roundings = 0;
  const counting: Precision = {
    ...float32,
    round(value) {
      roundings++;
      return float32.round(value);
    },
  };
  const dataset = makeDataset(cell.dataset);
  const parameters = initialParameters(cell, 0);
  const gradients = counting.zeros(parameters.length);
  const optimize = makeOptimizer(cell.optimizer, counting, cell.learningRate, 2);
  const space = makeWorkspace(counting, cell);
  const [begin, end] = samplesOfEpoch(cell, dataset.samples, 0);
  const seen = Int32Array.from({ length: end - begin }, (_, place) => begin + place);
  roundings = 0;
  lossAndGradients(counting, space, parameters, dataset, seen, gradients);
  optimize(parameters, gradients);
  return roundings + 2 * seen.length * cell.depth * cell.width;
}

const CELL = cellOf({
  dataset: THESIS_DATASET,
  depth: 10,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 1,
});
/** A single frozen layer is refused. */
const depthsOf = (connection: Connection) =>
  connection === "late-residual-frozen" ? [10, 30] : [1, 10, 30];
const CELLS = CONNECTIONS.flatMap((connection) =>
  OPTIMIZERS.flatMap((optimizer) =>
    STYLES.flatMap((trainingStyle) =>
      [1, 2, 4, 8].flatMap((width) =>
        depthsOf(connection).map((depth) => ({
          ...CELL,
          connection,
          optimizer,
          trainingStyle,
          width,
          depth,
        })),
      ),
    ),
  ),
);

it("counts what the reference engine does: within a tenth, but for the smallest networks", () => {
  for (const cell of CELLS) {
    const ratio = floatingPointOperations(cell) / operationsOfAnEpoch(cell);
    // The loss itself is not counted, which tells in a network of one neuron alone.
    expect(ratio, JSON.stringify(cell)).toBeGreaterThan(cell.depth === 1 ? 0.75 : 0.9);
    expect(ratio, JSON.stringify(cell)).toBeLessThan(1.1);
  }
});

it("grows with the epochs, and weighs Adam's root and division", () => {
  expect(floatingPointOperations({ ...CELL, epochs: 7 })).toBe(7 * floatingPointOperations(CELL));
  for (const cell of CELLS) {
    expect(trainingOperations(cell)).toBeGreaterThan(floatingPointOperations(cell));
  }
});
