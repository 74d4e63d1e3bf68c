import { expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import type { FigureRequest } from "#lrn/figures/figure.js";
import { trainingFigure } from "#lrn/figures/training-figure.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { THESIS_DATASET, type Trial } from "#lrn/model/trial.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";
import { FIGURES, type TrainingPlotContent } from "#lrn/thesis/figures.js";

function plotOf(id: string): TrainingPlotContent {
  return FIGURES.find((figure) => figure.id === id) as TrainingPlotContent;
}

/** Asks for a seed, and trains what is watched. */
function requestOf(seed: number): FigureRequest {
  const trials = {
    one: async () => ({ seed }),
    watch: async (trial: Trial) => {
      const { train } = await loadEngine("fused");
      return (await train({ trials: [trial], recordLosses: true }))[0];
    },
  };
  return { seed, smallPrint: "", textWidth, trials: async () => trials } as never;
}

interface PlotData {
  readonly losses: readonly { epoch: number; rmse: number; of: string }[];
  readonly predictions: readonly { sample: number; x: number; what: string; value: number }[];
}

it("a loss in iterative training is a dot per step and a line over the last 20, none of them cut", async () => {
  const { data } = await trainingFigure(plotOf("4.4"), requestOf(0));
  const { losses } = data as PlotData;
  const steps = losses.filter(({ of }) => of === "the epoch's sample");
  const line = losses.filter(({ of }) => of === "the last 20 epochs");
  expect([steps.length, line.length, line[0].epoch]).toEqual([3000, 2981, 20]);
  const squares = steps.slice(0, 20).reduce((sum, { rmse }) => sum + rmse ** 2, 0);
  expect(line[0].rmse).toBeCloseTo(Math.sqrt(squares / 20), 12);
  // Those that the axis would lose that ended at 0.3.
  const above = steps.filter(({ rmse }) => rmse > 0.3).length;
  expect(above / steps.length).toBeGreaterThan(0.3);
});

it("the predictions' RMSE against the targets is the outcome's, by sample and by x", async () => {
  const { data } = await trainingFigure(plotOf("4.8"), requestOf(2));
  const { predictions } = data as PlotData;
  const { finalRmse } = (data as { outcome: { finalRmse: number } }).outcome;
  const ours = predictions.filter(({ what }) => what === "prediction");
  const squares = ours.reduce((sum, { x, value }) => sum + (value - Math.abs(x)) ** 2, 0);
  expect(Math.sqrt(squares / 20)).toBeCloseTo(finalRmse, 12);
  expect(ours.map(({ x }) => x)).toEqual([...makeDataset(THESIS_DATASET).x]);
});

it("its CSV has a row per mark: the losses, both lines across, targets and predictions", async () => {
  const { csv, data } = await trainingFigure(plotOf("4.7"), requestOf(0));
  const { losses, predictions } = data as PlotData;
  const rows = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  expect(rows).toHaveLength(1 + losses.length + 2 + predictions.length);
  expect(rows[3000]).toEqual(["loss", "all samples", "3000", "", "", String(losses[2999].rmse)]);
  // The spread of 20 numbers around their mean is what the best constant leaves.
  const { t } = makeDataset(THESIS_DATASET);
  const mean = t.reduce((sum, value) => sum + value, 0) / 20;
  const deviation = Math.sqrt(t.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 20);
  const [, , , , , best] = rows.find(([, series]) => series === "best constant")!;
  expect(Number(best)).toBeCloseTo(deviation, 12);
});
