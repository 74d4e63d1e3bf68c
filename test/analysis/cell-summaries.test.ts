import { expect, it } from "vitest";
import { isFinished, summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { cellOf } from "#lrn/model/cells.js";
import { LATER_NUMBERS, type LaterNumbers, type Outcome } from "#lrn/model/outcome.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";

const CELL = cellOf({
  dataset: THESIS_DATASET,
  depth: 2,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 3000,
});

const trained = (finalRmse: number, deadNeurons = 0, deadLayers = 0): Outcome => ({
  state: "trained",
  finalRmse,
  deadNeurons,
  deadLayers,
});

it("averages over the converged trials alone", () => {
  const trials = [
    { outcome: trained(0.01, 1, 0), trainMs: 2 },
    { outcome: trained(0.5, 4, 2), trainMs: 100 },
    { outcome: trained(0.02, 2, 1), trainMs: 4 },
    { outcome: { state: "diverged" } as const, trainMs: 100 },
  ];
  const summary = summarizeCell(CELL, trials, 0.07);
  expect(summary).toMatchObject({ trials: 4, converged: 2, diverged: 1, failed: 0 });
  expect(summary.means).toMatchObject({ deadNeurons: 1.5, deadLayers: 0.5, trainMs: 3 });
  expect(summary.rate?.value).toBe(0.5);
  // statsmodels: proportion_confint(2, 4, method="wilson")
  expect(summary.rate?.low).toBeCloseTo(0.15003898915214947, 12);
  expect(summary.rate?.high).toBeCloseTo(0.8499610108478506, 12);
});

it("averages later numbers over the trials that have them: the converged, and all trained ones", () => {
  const later = (finalRmse: number, numbers: LaterNumbers) => ({
    outcome: { ...trained(finalRmse), ...numbers } as Outcome,
    trainMs: 1,
  });
  const { means, trainedMeans } = summarizeCell(
    CELL,
    [
      later(0.01, { constantNeurons: 4, collapsed: 0, testRmse: 0.5 }),
      later(0.01, { constantNeurons: 1, collapsed: 0 }),
      later(0.5, { constantNeurons: 7, collapsed: 1 }),
      { outcome: trained(0.01), trainMs: 1 }, // as a store of version 1 has it
      { outcome: { state: "diverged" }, trainMs: 1 },
      { outcome: { state: "failed", reason: "" }, trainMs: 1 },
    ],
    0.07,
  );
  expect(means).toMatchObject({ constantNeurons: 2.5, collapsed: 0, testRmse: 0.5 });
  expect(trainedMeans).toMatchObject({ constantNeurons: 4, collapsed: 1 / 3, testRmse: 0.5 });
  expect(means!.noGradientNeurons).toBeNull();
  expect(Object.keys(trainedMeans)).toEqual(LATER_NUMBERS);
  const { trainedMeans: none } = summarizeCell(CELL, [{ outcome: trained(0.01), trainMs: 1 }], 1);
  expect(new Set(Object.values(none))).toEqual(new Set([null]));
});

it("has no means without a convergence, and no rate without a trial", () => {
  const none = summarizeCell(CELL, [{ outcome: trained(0.5), trainMs: 1 }], 0.07);
  expect(none).toMatchObject({ trials: 1, converged: 0, means: null, rate: { value: 0, low: 0 } });
  expect(summarizeCell(CELL, [], 0.07)).toMatchObject({ trials: 0, means: null, rate: null });
});

it("has another interval where its trials end with a converged one", () => {
  const trials = [0.5, 0.01, 0.5, 0.5, 0.01].map((rmse) => ({
    outcome: trained(rmse),
    trainMs: 1,
  }));
  const of = (asked: Parameters<typeof summarizeCell>[3]) =>
    summarizeCell(CELL, trials, 0.07, asked);
  const until = of({ trials: 40, untilConverged: 2 });
  expect(until.rate?.value).toBe(0.4);
  // mpmath: betaincinv(2, 4, 0.025) and betaincinv(2, 3, 0.975)
  expect(until.rate?.low).toBeCloseTo(0.052744950526, 10);
  expect(until.rate?.high).toBeCloseTo(0.805879550316, 10);
  expect(of({ trials: 5 }).rate?.high).not.toBeCloseTo(until.rate!.high, 3);
});

it("has the confidence sequence where its trials end by how well the rate is known", () => {
  const trials = [0.01, 0.01, 0.01, ...Array<number>(7).fill(0.5)].map((rmse) => ({
    outcome: trained(rmse),
    trainMs: 1,
  }));
  const { rate } = summarizeCell(CELL, trials, 0.07, { trials: 40, untilWidth: 0.5 });
  expect(rate?.value).toBe(0.3);
  expect(rate?.low).toBeCloseTo(0.036640290375509955, 12); // as confidence-sequence.test.ts has it of mpmath
  expect(rate?.high).toBeCloseTo(0.7332594738358065, 12);
});

it("is finished at a look with a narrow interval", () => {
  const finished = (trials: number, untilWidth: number) =>
    isFinished(
      summarizeCell(
        CELL,
        Array.from({ length: trials }, () => ({ outcome: trained(0.5), trainMs: 1 })),
        0.07,
        { trials: 1000, untilWidth },
      ),
    );
  expect(finished(24, 0.3)).toBe(true);
  expect(finished(23, 0.3)).toBe(false);
  expect(finished(24, 0.2)).toBe(false);
});

it("is finished with all its trials, or with its converged one of the number asked for", () => {
  const trials = [{ outcome: trained(0.01), trainMs: 1 }];
  const finished = (asked: Parameters<typeof summarizeCell>[3]) =>
    isFinished(summarizeCell(CELL, trials, 0.07, asked));
  expect(finished({ trials: 1 })).toBe(true);
  expect(finished({ trials: 2 })).toBe(false);
  expect(finished({ trials: 2, untilConverged: 1 })).toBe(true);
  expect(finished({ trials: 2, untilConverged: 2 })).toBe(false);
  expect(finished({ trials: 1, untilConverged: 2 })).toBe(true);
});
