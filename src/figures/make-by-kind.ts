/** Makes a figure by its kind: trains what it needs, and draws it. */
import type { FigureRequest, MadeFigure } from "./figure.js";

/** Loads only what the figure's kind needs. */
export async function makeByKind(request: FigureRequest): Promise<MadeFigure> {
  const { figure } = request;
  switch (figure.kind) {
    case "convergence-table":
      return (await import("./table-figures.js")).convergenceFigure(figure.published, request);
    case "dead-layers-table":
      return (await import("./table-figures.js")).deadLayersFigure(figure.published, request);
    case "dead-neurons-table":
      return (await import("./table-figures.js")).deadNeuronsFigure(figure.published, request);
    case "dataset-table":
      return (await import("./table-figures.js")).datasetFigure(request);
    case "training-plot":
      return (await import("./training-figure.js")).trainingFigure(figure, request);
    case "dead-neurons-bars":
      return (await import("./dead-neuron-bars-figure.js")).barsFigure(figure.published, request);
    case "activations":
      return (await import("./activations-figure.js")).activationsFigure(figure.plot, request);
    case "networks":
      return (await import("./network-figures.js")).networksFigure(figure, figure.rows, request);
    case "residual-block":
      return (await import("./network-figures.js")).residualBlockFigure(request);
    case "dead-networks":
      return (await import("./network-figures.js")).deadNetworksFigure(
        figure.published,
        figure.depths,
        request,
      );
  }
}
