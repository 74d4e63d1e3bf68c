/** Seeded initial parameters. */
import { type LinearLayout, parameterLayout } from "./layout.js";
import { namedStream, type Stream } from "./random.js";
import type { Network } from "./trial.js";

/**
 * Weights and biases of each Linear layer uniform in ±1/√fan_in, PyTorch's default.
 *
 * Hidden layers and the output neuron draw from separate streams, so the plain and the
 * late-residual network of one seed start from the same hidden layers and make a pair. Each depth
 * and width has streams of its own: a table's totals add up cells of different depths, and their
 * error would grow manifold if a lucky seed were lucky at every depth.
 *
 * @returns the parameters, [count], in the layout's order
 */
export function initialParameters(network: Network, seed: number): Float32Array {
  const layout = parameterLayout(network);
  const parameters = new Float32Array(layout.count);
  const shape = `${network.depth}x${network.width}`;
  const hidden = namedStream(seed, `${shape}/hidden`);
  for (const layer of layout.hidden) drawLinear(parameters, layer, hidden);
  drawLinear(parameters, layout.output, namedStream(seed, `${shape}/output`));
  return parameters;
}

function drawLinear(parameters: Float32Array, layer: LinearLayout, stream: Stream): void {
  const bound = 1 / Math.sqrt(layer.inputs);
  const end = layer.biases + layer.outputs;
  for (let i = layer.weights; i < end; i++) parameters[i] = (2 * stream() - 1) * bound;
}
