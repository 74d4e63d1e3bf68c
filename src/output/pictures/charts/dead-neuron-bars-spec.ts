/** Dead neurons by depth, plain beside late-residual: Figure 4.23. */
import type { TopLevelSpec } from "vega-lite";
import type { Connection } from "../../../model/trial.js";
import { THESIS_CONNECTIONS } from "../../../thesis/experiment.js";
import { BLUE, INK, PALE_GREEN } from "../style.js";
import { type ChartText, figureSpec, LEGEND, panelTitle } from "./theme.js";

export interface DeadNeuronBar {
  readonly depth: number;
  readonly connection: Connection;
  /** Over converged trainings; null where none converged. */
  readonly mean: number | null;
  /** Ends of the mean's 95 % interval; null where it has none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Our bars on the left, the thesis's on the right, on the same scale. */
export function deadNeuronBarsSpec(
  ours: readonly DeadNeuronBar[],
  thesis: readonly DeadNeuronBar[],
  text: ChartText,
): TopLevelSpec {
  const highest = Math.max(...[...ours, ...thesis].map(({ mean, high }) => high ?? mean ?? 0));
  return figureSpec(text, [[bars("Ours", ours, highest), bars("The thesis's", thesis, highest)]]);
}

/** Plain bars are light and late-residual ones dark, in grey too. */
function bars(name: string, rows: readonly DeadNeuronBar[], highest: number) {
  const domain = [...THESIS_CONNECTIONS];
  return {
    title: panelTitle(name),
    width: 340,
    height: 260,
    data: { values: rows },
    encoding: {
      x: {
        field: "depth",
        type: "ordinal",
        title: "Depth (hidden layers)",
        axis: { labelAngle: 0, ticks: false },
        scale: { paddingInner: 0.25 },
      },
      xOffset: { field: "connection", sort: domain },
      y: {
        field: "mean",
        type: "quantitative",
        title: "Mean dead neurons of converged networks",
        scale: { domain: [0, highest * 1.06] },
      },
    },
    layer: [
      {
        mark: { type: "bar", stroke: INK, strokeWidth: 1 },
        encoding: {
          fill: {
            field: "connection",
            type: "nominal",
            scale: { domain, range: [PALE_GREEN, BLUE] },
            legend: { ...LEGEND, symbolType: "square" },
          },
        },
      },
      {
        mark: { type: "errorbar", ticks: { size: 8, color: INK }, rule: { color: INK } },
        transform: [{ filter: "datum.low !== null" }],
        encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
      },
      {
        mark: { type: "text", dy: -7, fontSize: 11, color: INK },
        transform: [
          { filter: "datum.mean !== null" },
          { calculate: "datum.high === null ? datum.mean : datum.high", as: "top" },
        ],
        encoding: {
          y: { field: "top", type: "quantitative" },
          text: { field: "mean", format: ".2f" },
        },
      },
    ],
  };
}
