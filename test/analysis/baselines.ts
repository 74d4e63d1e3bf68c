import { type Baseline, type MeasuredCell, makeBaseline } from "#lrn/analysis/baseline.js";
import type { Measured } from "#lrn/analysis/compare-baseline.js";
import { cellOf as cellWithDefaults } from "#lrn/model/cells.js";

export const CONDITIONS = {
  seeds: 10 as unknown,
  convergence: { rmse: 0.07 },
};

export const PROVENANCE = {
  lrn: "0.1.0",
  engine: "fused",
  numerics: "float32/1",
  commit: "0123456789abcdef0123456789abcdef01234567",
};

const THESIS_CELL = cellWithDefaults({
  depth: 10,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
});

/** A plain cell of ten trials, but for what is given. */
export function cellOf(fields: Partial<MeasuredCell> = {}): MeasuredCell {
  return {
    ...THESIS_CELL,
    trials: 10,
    converged: 3,
    deadNeurons: 12,
    deadLayers: 2,
    failed: 0,
    ...fields,
  };
}

export function baselineOf(...cells: MeasuredCell[]): Baseline {
  return makeBaseline({ name: "small", ...CONDITIONS }, PROVENANCE, cells);
}

export function measuredOf(...cells: MeasuredCell[]): Measured {
  return { ...CONDITIONS, numerics: PROVENANCE.numerics, cells };
}
