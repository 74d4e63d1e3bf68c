/** Trains the cells of Figures 4.1, 4.22 and 4.23. */
import { type ConvergedMean, convergedMean } from "../analysis/converged-means.js";
import { THESIS_CONNECTIONS, THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { DeadLayersTable, DeadNeuronDecline } from "../thesis/published.js";
import type { FigureRequest } from "./figure.js";
import { thesisCell } from "./thesis-trials.js";

type Request = Pick<FigureRequest, "seeds" | "trials">;

/** A mean for each of the thesis's depths. */
export async function trainDeadLayers(
  published: DeadLayersTable,
  request: Request,
): Promise<ConvergedMean[]> {
  const cells = Object.keys(published.deadLayersByDepth).map((depth) =>
    thesisCell({ ...published, depth: Number(depth) }),
  );
  return means(cells, "deadLayers", request);
}

/** A mean for each of the thesis's depths and connections. */
export async function trainDecline(
  published: DeadNeuronDecline,
  request: Request,
): Promise<ConvergedMean[]> {
  const cells = Object.keys(published.deadNeurons.plain).flatMap((depth) =>
    THESIS_CONNECTIONS.map((connection) =>
      thesisCell({ ...published, depth: Number(depth), connection }),
    ),
  );
  return means(cells, "deadNeurons", request);
}

async function means(
  cells: readonly ReturnType<typeof thesisCell>[],
  of: "deadNeurons" | "deadLayers",
  { seeds, trials }: Request,
): Promise<ConvergedMean[]> {
  const trained = await (await trials()).of(cells, seeds);
  return cells.map((cell, i) => convergedMean(cell, trained[i], of, THESIS_CONVERGED_RMSE));
}
