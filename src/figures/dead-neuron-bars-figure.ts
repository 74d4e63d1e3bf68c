/** Figure 4.23: the means of Figure 4.22 as bars. */
import type { CellSummary } from "../analysis/cell-summaries.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import { deadNeuronBarsSpec } from "../output/pictures/charts/dead-neuron-bars-spec.js";
import { deadNeuronsSideBySide, unreachedNote } from "../output/tables/dead-tables.js";
import { THESIS_CONNECTIONS, THESIS_CONVERGENCES_PER_CELL } from "../thesis/experiment.js";
import type { DeadNeuronDecline } from "../thesis/published.js";
import { DECLINE_CAP, trainDecline } from "./dead-neuron-decline.js";
import type { FigureRequest, MadeFigure } from "./figure.js";

export async function barsFigure(
  published: DeadNeuronDecline,
  { smallPrint, textWidth, trials }: FigureRequest,
): Promise<MadeFigure> {
  const cells = await trainDecline(published, await trials());
  const { title, subtitle } = deadNeuronsSideBySide(
    cells,
    published,
    THESIS_CONVERGENCES_PER_CELL,
    DECLINE_CAP,
  );
  const bars = (mean: (summary: CellSummary) => number | null) =>
    cells.map(({ summary }) => {
      const { depth, connection } = summary.cell;
      return { depth, connection, mean: mean(summary) };
    });
  const ours = bars(({ means }) => means?.deadNeurons ?? null);
  const thesis = Object.keys(published.deadNeurons.plain).flatMap((depth) =>
    THESIS_CONNECTIONS.map((connection) => ({
      depth: Number(depth),
      connection,
      mean: published.deadNeurons[connection][depth],
    })),
  );
  const unreached = cells.filter(({ reached }) => !reached);
  const lines = [subtitle, ...unreached.map((cell) => unreachedNote(cell, DECLINE_CAP))];
  const spec = deadNeuronBarsSpec(ours, thesis, { title, subtitle: lines, smallPrint, textWidth });
  return {
    title,
    text: () => [title, ...lines].join("\n"),
    svg: await chartSvg(spec),
    data: { ours, thesis },
  };
}
