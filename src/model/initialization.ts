/** Seeded initial parameters. */
import { type LinearLayout, parameterLayout } from "./layout.js";
import { namedStream, type Stream } from "./random.js";
import type { Network } from "./trial.js";

/**
 * Weights and biases of each Linear layer uniform in ±1/√fan_in, PyTorch's default.
 *
 * Hidden layers and the output neuron draw from separate streams, so the plain and the
 * late-residual network of one seed start from the same hidden layers and make a pair; so do
 * networks of one width and different depths, as far as both reach.
 *
 * @returns the parameters, [count], in the layout's order
 */
export function initialParameters(network: Network, seed: number): Float32Array {
  const layout = parameterLayout(network);
  const parameters = new Float32Array(layout.count);
  const hidden = namedStream(seed, "hidden");
  for (const layer of layout.hidden) drawLinear(parameters, layer, hidden);
  drawLinear(parameters, layout.output, namedStream(seed, "output"));
  return parameters;
}

function drawLinear(parameters: Float32Array, layer: LinearLayout, stream: Stream): void {
  const bound = 1 / Math.sqrt(layer.inputs);
  const end = layer.biases + layer.outputs;
  for (let i = layer.weights; i < end; i++) parameters[i] = (2 * stream() - 1) * bound;
}
