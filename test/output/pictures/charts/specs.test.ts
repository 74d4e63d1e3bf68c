import { describe, expect, it } from "vitest";
import { activationsSpec } from "#lrn/output/pictures/charts/activations-spec.js";
import { bornDeadSpec } from "#lrn/output/pictures/charts/born-dead-spec.js";
import { chartSvg } from "#lrn/output/pictures/charts/chart-svg.js";
import { deadNeuronBarsSpec } from "#lrn/output/pictures/charts/dead-neuron-bars-spec.js";
import type { LossRow } from "#lrn/output/pictures/charts/loss-chart.js";
import {
  type PredictionRow,
  trainingPlotSpec,
} from "#lrn/output/pictures/charts/training-plot-spec.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";

const text = {
  title: "What one sees",
  subtitle: ["how it was trained"],
  smallPrint: "Thesis",
  textWidth,
};

const references = [
  { name: "converged", rmse: 0.07 },
  { name: "best constant", rmse: 0.2717 },
] as const;

/** A training plot of one output, whose targets and predictions these are. */
function trainingPlot(losses: readonly LossRow[], rows: readonly PredictionRow[]) {
  const input = { name: "x", domain: [-1, 1] } as const;
  const plot = { losses, references, outputs: [{ name: "t", rows }], input, samples: 1 };
  return trainingPlotSpec(plot, text);
}

const specs = {
  "training-plot, batch": trainingPlot(
    [
      { epoch: 1, rmse: 0.28, of: "all samples" },
      { epoch: 2, rmse: 0.05, of: "all samples" },
    ],
    [
      { sample: 0, x: -0.25, what: "target", value: 0.25 },
      { sample: 0, x: -0.25, what: "prediction", value: 0.5 },
    ],
  ),
  "training-plot, iterative": trainingPlot(
    [
      { epoch: 1, rmse: 0.28, of: "the epoch's sample" },
      { epoch: 2, rmse: 0.02, of: "the epoch's sample" },
      { epoch: 2, rmse: 0.2, of: "the last 20 epochs" },
    ],
    [{ sample: 0, x: -0.25, what: "target", value: 0.25 }],
  ),
  "training-plot, far above the threshold": trainingPlot(
    [
      { epoch: 1, rmse: 0.28, of: "all samples" },
      { epoch: 2, rmse: 0.272, of: "all samples" },
    ],
    [{ sample: 0, x: -0.25, what: "target", value: 0.25 }],
  ),
  activations: activationsSpec(
    [{ name: "ReLU", rows: [{ z: -1, value: 0, curve: "activation", piece: 0 }], span: [-1.5, 3] }],
    text,
  ),
  "dead-neuron-bars": deadNeuronBarsSpec(
    [{ depth: 2, connection: "plain", mean: 1.5, low: 1, high: 2 }],
    [{ depth: 2, connection: "plain", mean: null, low: null, high: null }],
    text,
  ),
  "born-dead": bornDeadSpec(
    {
      panels: [
        {
          title: "",
          points: [
            { x: 2, series: "width 2", rate: 0.2, low: 0.1, high: 0.3, meets: true },
            { x: 2, series: "width 4", rate: 0.9, low: 0.8, high: 0.95, meets: false },
          ],
          lines: [
            { x: 1, series: "width 2", bound: "at most p", value: 0.1, stretch: 0 },
            { x: 2, series: "width 2", bound: "at most p", value: 0.3, stretch: 0 },
          ],
          between: [{ x: 1, series: "width 2", least: 0, most: 0.1, stretch: 0 }],
        },
      ],
      axis: { title: "Depth (hidden layers)", domain: [1, 2] },
      series: ["width 2", "width 4"],
      bounds: [
        { name: "at most q", says: "at most" },
        { name: "at most p", says: "at most" },
        { name: "at least r", says: "at least" },
        { name: "exactly s", says: "exactly" },
      ],
    },
    text,
  ),
};

describe.each(Object.entries(specs))("the specification of %s", (_, spec) => {
  it("is this", () => expect(spec).toMatchSnapshot());

  it("aggregates nothing", () => {
    expect(JSON.stringify(spec)).not.toMatch(/aggregate|"bin"|stack/);
  });

  it("renders without a warning, its texts included", async () => {
    const svg = await chartSvg(spec);
    for (const part of ["What one sees", "how it was trained", "Thesis"]) {
      expect(svg).toContain(part);
    }
  });
});

it("a specification that Vega-Lite warns of is an error", async () => {
  const spec = { data: { values: [{ a: 1 }] }, mark: "bar", encoding: { wrong: { field: "a" } } };
  await expect(chartSvg(spec as never)).rejects.toThrow(/the chart's specification/);
});
