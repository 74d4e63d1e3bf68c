/** Makes a figure: trains what it needs, and draws it. */
import type { FigureRequest, MadeFigure } from "./figure.js";

/** Loads only what the figure's kind needs. */
export async function makeFigure(request: FigureRequest): Promise<MadeFigure> {
  const { figure } = request;
  switch (figure.kind) {
    case "convergence-table":
      return (await import("./tables.js")).convergenceFigure(figure.published, request);
    case "dead-layers-table":
      return (await import("./tables.js")).deadLayersFigure(figure.published, request);
    case "dead-neurons-table":
      return (await import("./tables.js")).deadNeuronsFigure(figure.published, request);
    case "dataset-table":
      return (await import("./tables.js")).datasetFigure(request);
    case "training-plot":
      return (await import("./training-plot.js")).trainingFigure(figure.published, request);
    case "dead-neurons-bars":
      return (await import("./dead-neuron-bars.js")).barsFigure(figure.published, request);
    case "activations":
      return (await import("./activations.js")).activationsFigure(figure.plot, request);
    case "networks":
      return (await import("./drawings.js")).networksFigure(figure, figure.rows, request);
    case "residual-block":
      return (await import("./drawings.js")).residualBlockFigure(request);
    case "dead-networks":
      return (await import("./drawings.js")).deadNetworksFigure(
        figure.published,
        figure.depths,
        request,
      );
  }
}
