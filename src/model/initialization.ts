/** Seeded initial parameters. */
import { type Dataset, makeDataset } from "./dataset.js";
import { SCHEMES } from "./initialization-schemes.js";
import { type LinearLayout, parameterLayout } from "./layout.js";
import { namedStream } from "./random.js";
import { flipSigns } from "./sign-flip.js";
import { type Cell, type DatasetSpec, type Network, parameterOf, THESIS_DATASET } from "./trial.js";

/** What is drawn: PyTorch's initialization with its biases where nothing is said. */
export type Start = Network & Partial<Pick<Cell, "initialization" | "bias">>;

/**
 * Weights and biases of each layer as the scheme draws them (`initialization-schemes.ts`), and PReLU's
 * slopes at the activation's. Another bias takes the place of those drawn, so the weights stay the same.
 *
 * Hidden layers and the output neurons draw from separate streams, so the plain and the
 * late-residual network of one seed start from the same hidden layers and make a pair. Each depth
 * and width has streams of its own: a table's totals add up cells of different depths, and their
 * error would grow manifold if a lucky seed were lucky at every depth.
 *
 * @returns the parameters, [count], in the layout's order; to the bit the same on every machine
 */
export function initialParameters(start: Start, seed: number): Float32Array {
  const { depth, width, activation = "relu", bias = "scheme", dataset = THESIS_DATASET } = start;
  const scheme = SCHEMES[start.initialization ?? "pytorch"];
  const layout = parameterLayout(start);
  const parameters = new Float32Array(layout.count);
  const hidden = namedStream(seed, `${depth}x${width}/hidden`);
  for (const layer of layout.hidden) {
    scheme.hidden(parameters, layer, hidden);
    if (layer.slope !== undefined) parameters[layer.slope] = parameterOf(activation);
  }
  scheme.output(parameters, layout.output, namedStream(seed, `${depth}x${width}/output`));
  if (bias !== "scheme") {
    const value = parameterOf(bias);
    for (const layer of [...layout.hidden, layout.output]) setBiases(parameters, layer, value);
  }
  if (scheme.flipsSigns) flipSigns(start, parameters, madeOnce(dataset));
  return parameters;
}

function setBiases(parameters: Float32Array, layer: LinearLayout, value: number): void {
  parameters.fill(value, layer.biases, layer.biases + layer.outputs);
}

const made = new WeakMap<DatasetSpec, Dataset>();

/** Trials share their dataset, and to draw it takes longer than to draw a network. */
function madeOnce(spec: DatasetSpec): Dataset {
  if (!made.has(spec)) made.set(spec, makeDataset(spec));
  return made.get(spec)!;
}
