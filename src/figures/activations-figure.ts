/** Figures 1.1, 2.1 and 2.2. */
import { type Activation, elu, leakyRelu, prelu, relu } from "../model/drawn-activations.js";
import { csvLines } from "../output/formats/csv.js";
import {
  type ActivationChart,
  type ActivationRow,
  activationsSpec,
} from "../output/pictures/charts/activations-spec.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import type { ActivationPlot } from "../thesis/figures.js";
import { type FigureRequest, type MadeFigure, sentences } from "./figure.js";

interface Plot {
  readonly title: string;
  readonly charts: readonly {
    readonly name: string;
    readonly activation: Activation;
    /** The part below 0 only, where both curves lie close to 0. */
    readonly enlarged?: boolean;
  }[];
}

/** The parameters are those that the papers behind `model/drawn-activations.ts` start from. */
const PLOTS: Record<ActivationPlot, Plot> = {
  relu: {
    title: "ReLU is 0 for every negative sum, and so is its derivative",
    charts: [{ name: "ReLU", activation: relu }],
  },
  "leaky-and-prelu": {
    title: "Leaky ReLU and PReLU keep a slope, and with it a gradient, below 0",
    charts: [
      { name: "Leaky ReLU, slope 0.01", activation: leakyRelu(0.01) },
      { name: "Leaky ReLU below 0, enlarged", activation: leakyRelu(0.01), enlarged: true },
      { name: "PReLU, here with slope 0.25; it is trained", activation: prelu(0.25) },
    ],
  },
  elu: {
    title: "ELU bends smoothly to -α below 0",
    charts: [{ name: "ELU, α = 1", activation: elu(1) }],
  },
};

export async function activationsFigure(
  plot: ActivationPlot,
  { smallPrint, textWidth }: FigureRequest,
): Promise<MadeFigure> {
  const { title, charts } = PLOTS[plot];
  const rows = charts.map(
    ({ name, activation, enlarged }): ActivationChart =>
      enlarged
        ? { name, rows: rowsOf(activation).filter(({ z }) => z <= 0), span: ENLARGED_SPAN }
        : { name, rows: rowsOf(activation), span: SPAN },
  );
  const spec = activationsSpec(rows, { title, subtitle: [], smallPrint, textWidth });
  const lines = rows.flatMap(({ name, rows }) =>
    rows.map(({ curve, z, value }) => [name, curve, z, value]),
  );
  const csv = csvLines([["activation", "curve", "z", "value"], ...lines]);
  return { title, text: sentences([title]), svg: await chartSvg(spec), csv, data: rows };
}

const REACH = 3;
/** What the vertical axis shows. */
const SPAN = [-1.5, 3] as const;
const ENLARGED_SPAN = [-0.04, 0.02] as const;
const STEPS_A_UNIT = 20;

/** A derivative with a jump at 0 is two pieces: up to 0, and from the next float on. */
function rowsOf({ value, derivative }: Activation): ActivationRow[] {
  const below = Array.from(
    { length: REACH * STEPS_A_UNIT + 1 },
    (_, i) => (i - REACH * STEPS_A_UNIT) / STEPS_A_UNIT,
  );
  const above = below.map((z) => Math.max(-z, Number.MIN_VALUE)).reverse();
  const piece = (zs: readonly number[], curve: ActivationRow["curve"], number: number) => {
    const at = curve === "activation" ? value : derivative;
    return zs.map((z): ActivationRow => ({ z, value: at(z), curve, piece: number }));
  };
  return [
    ...piece([...below, ...above], "activation", 0),
    ...piece(below, "derivative", 0),
    ...piece(above, "derivative", 1),
  ];
}
