/** Figure 4.23: the means of Figure 4.22 as bars. */
import { csvLines } from "../output/formats/csv.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import {
  type DeadNeuronBar,
  deadNeuronBarsSpec,
} from "../output/pictures/charts/dead-neuron-bars-spec.js";
import { declineHeading } from "../output/tables/dead-tables.js";
import { THESIS_CONNECTIONS } from "../thesis/experiment.js";
import type { DeadNeuronDecline } from "../thesis/published.js";
import { type FigureRequest, type MadeFigure, sentences } from "./figure.js";
import { trainDecline } from "./train-means.js";

export async function barsFigure(
  published: DeadNeuronDecline,
  request: FigureRequest,
): Promise<MadeFigure> {
  const means = await trainDecline(published, request);
  const ours = means.map(({ cell: { depth, connection }, interval }): DeadNeuronBar => {
    const mean = interval?.mean ?? null;
    if (interval?.reach == null) return { depth, connection, mean, low: null, high: null };
    const { reach } = interval;
    return { depth, connection, mean, low: interval.mean - reach, high: interval.mean + reach };
  });
  const thesis = Object.keys(published.deadNeurons.plain).flatMap((depth) =>
    THESIS_CONNECTIONS.map((connection): DeadNeuronBar => {
      const mean = published.deadNeurons[connection][depth];
      return { depth: Number(depth), connection, mean, low: null, high: null };
    }),
  );
  const heading = declineHeading(means, published);
  const { title } = heading;
  const converged = means.map(({ converged }) => converged);
  const subtitle = [
    heading.subtitle,
    `Lines at our bars' ends: 95 % intervals of the means, over ${Math.min(...converged)} to ` +
      `${Math.max(...converged)} converged trainings; the thesis gives no spread.`,
  ];
  const { smallPrint, textWidth } = request;
  const spec = deadNeuronBarsSpec(ours, thesis, { title, subtitle, smallPrint, textWidth });
  return {
    title,
    text: sentences([title, ...subtitle]),
    svg: await chartSvg(spec),
    csv: barsCsv({ ours, thesis }),
    data: { ours, thesis },
  };
}

function barsCsv(bars: Readonly<Record<"ours" | "thesis", readonly DeadNeuronBar[]>>): string {
  const lines = (["ours", "thesis"] as const).flatMap((whose) =>
    bars[whose].map(({ depth, connection, mean, low, high }) => [
      ...[whose, depth, connection],
      ...[mean, low, high],
    ]),
  );
  return csvLines([["whose", "depth", "connection", "mean", "low", "high"], ...lines]);
}
