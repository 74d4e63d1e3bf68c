/** The figures that are tables. */
import { summarizeCell } from "../analysis/cell-summaries.js";
import { convergenceTables } from "../analysis/convergence-tables.js";
import { makeDataset } from "../model/dataset.js";
import { THESIS_DATASET } from "../model/trial.js";
import { tablePicture } from "../output/pictures/table-picture.js";
import { datasetSideBySide } from "../output/tables/dataset-table.js";
import { deadLayersSideBySide, deadNeuronsSideBySide } from "../output/tables/dead-tables.js";
import type { FigureTable } from "../output/tables/figure-table.js";
import { figureTableText } from "../output/tables/figure-table-text.js";
import { convergenceSideBySide } from "../output/tables/side-by-side.js";
import { compareWithPublished } from "../thesis/compare-published.js";
import {
  THESIS_CONNECTIONS,
  THESIS_CONVERGED_RMSE,
  THESIS_STYLES,
  type ThesisConnection,
} from "../thesis/experiment.js";
import type { DeadLayersTable, DeadNeuronDecline, PublishedTable } from "../thesis/published.js";
import { publishedResults } from "../thesis/published-results.js";
import type { FigureRequest, MadeFigure } from "./figure.js";
import { convergenceCsv, datasetCsv, meansCsv } from "./table-csv.js";
import { thesisCell } from "./thesis-trials.js";
import { trainDeadLayers, trainDecline } from "./train-means.js";

export async function convergenceFigure(
  published: PublishedTable,
  request: FigureRequest,
): Promise<MadeFigure> {
  const depths = [...new Set(published.cells.map(({ depth }) => depth))];
  const cells = depths.flatMap((depth) =>
    THESIS_CONNECTIONS.flatMap((connection) =>
      THESIS_STYLES.map((trainingStyle) =>
        thesisCell({ ...published, depth, connection, trainingStyle }),
      ),
    ),
  );
  const trained = await (await request.trials()).of(cells, request.seeds);
  const summaries = cells.map((cell, i) => summarizeCell(cell, trained[i], THESIS_CONVERGED_RMSE));
  const [table] = convergenceTables(summaries);
  const csv = convergenceCsv(compareWithPublished(table, published), published.trialsPerCell);
  return tableFigure(convergenceSideBySide(table, published), csv, request);
}

export async function deadLayersFigure(
  published: DeadLayersTable,
  request: FigureRequest,
): Promise<MadeFigure> {
  const means = await trainDeadLayers(published, request);
  const csv = meansCsv(means, ({ depth }) => published.deadLayersByDepth[depth]);
  return tableFigure(deadLayersSideBySide(means, published), csv, request);
}

export async function deadNeuronsFigure(
  published: DeadNeuronDecline,
  request: FigureRequest,
): Promise<MadeFigure> {
  const means = await trainDecline(published, request);
  const csv = meansCsv(
    means,
    ({ depth, connection }) => published.deadNeurons[connection as ThesisConnection][depth],
  );
  return tableFigure(deadNeuronsSideBySide(means, published), csv, request);
}

export function datasetFigure(request: FigureRequest): MadeFigure {
  const dataset = makeDataset(THESIS_DATASET);
  const published = publishedResults.dataset;
  const csv = datasetCsv(dataset, published);
  return tableFigure(datasetSideBySide(dataset, published), csv, request);
}

function tableFigure(
  table: FigureTable,
  csv: string,
  { smallPrint, textWidth }: FigureRequest,
): MadeFigure {
  return {
    title: table.title,
    text: ({ columns, colours }) => figureTableText(table, columns, colours),
    svg: tablePicture(table, smallPrint, textWidth),
    csv,
    data: table,
  };
}
