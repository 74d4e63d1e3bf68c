/** The figures that are tables. */
import { type CellSummary, summarizeCell } from "../analysis/cells.js";
import { convergenceTables } from "../analysis/convergence-tables.js";
import { makeDataset } from "../model/dataset.js";
import { CONNECTIONS, THESIS_DATASET, TRAINING_STYLES } from "../model/trial.js";
import { tablePicture } from "../output/pictures/table-picture.js";
import { datasetSideBySide } from "../output/tables/dataset-table.js";
import { deadLayersSideBySide, deadNeuronsSideBySide } from "../output/tables/dead-tables.js";
import type { FigureTable } from "../output/tables/figure-table.js";
import { figureTableCsv, figureTableText } from "../output/tables/figure-table-text.js";
import { convergenceSideBySide } from "../output/tables/side-by-side.js";
import { THESIS_CONVERGED_RMSE, THESIS_CONVERGENCES_PER_CELL } from "../thesis/experiment.js";
import {
  type ConvergenceTable,
  type DeadLayersTable,
  type DeadNeuronDecline,
  publishedResults,
} from "../thesis/published.js";
import { DECLINE_CAP, trainDecline } from "./dead-neuron-decline.js";
import type { FigureRequest, MadeFigure } from "./figure.js";
import { thesisCell } from "./trainer.js";

export async function convergenceFigure(
  published: ConvergenceTable,
  request: FigureRequest,
): Promise<MadeFigure> {
  const depths = [...new Set(published.cells.map(({ depth }) => depth))];
  const cells = depths.flatMap((depth) =>
    CONNECTIONS.flatMap((connection) =>
      TRAINING_STYLES.map((trainingStyle) =>
        thesisCell({ ...published, depth, connection, trainingStyle }),
      ),
    ),
  );
  const [table] = convergenceTables(await summaries(cells, request));
  return tableFigure(convergenceSideBySide(table, published), request);
}

export async function deadLayersFigure(
  published: DeadLayersTable,
  request: FigureRequest,
): Promise<MadeFigure> {
  const cells = Object.keys(published.deadLayersByDepth).map((depth) =>
    thesisCell({ ...published, depth: Number(depth) }),
  );
  return tableFigure(deadLayersSideBySide(await summaries(cells, request), published), request);
}

export async function deadNeuronsFigure(
  published: DeadNeuronDecline,
  request: FigureRequest,
): Promise<MadeFigure> {
  const cells = await trainDecline(published, await request.trainer());
  const table = deadNeuronsSideBySide(cells, published, THESIS_CONVERGENCES_PER_CELL, DECLINE_CAP);
  return tableFigure(table, request);
}

export function datasetFigure(request: FigureRequest): MadeFigure {
  const table = datasetSideBySide(makeDataset(THESIS_DATASET), publishedResults.dataset);
  return tableFigure(table, request);
}

async function summaries(
  cells: readonly ReturnType<typeof thesisCell>[],
  { seeds, trainer }: FigureRequest,
): Promise<CellSummary[]> {
  const wanted = Array.from({ length: seeds }, (_, seed) => seed);
  const trials = await (await trainer()).trials(cells, wanted);
  return cells.map((cell, i) => summarizeCell(cell, trials[i], THESIS_CONVERGED_RMSE));
}

function tableFigure(table: FigureTable, { smallPrint, columns }: FigureRequest): MadeFigure {
  return {
    title: table.title,
    text: figureTableText(table, columns),
    svg: tablePicture(table, smallPrint),
    csv: figureTableCsv(table),
    data: table,
  };
}
