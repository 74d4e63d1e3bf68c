/** How each scheme of initialization draws a layer's weights and biases. */
import type { LinearLayout } from "./layout.js";
import { normal } from "./normal.js";
import type { Stream } from "./random.js";
import type { Initialization } from "./trial.js";

/**
 * Draws one layer. What it leaves out stays 0.
 *
 * @param to [count] in the layout's order, 0 where the layer stands
 */
type Draw = (to: Float32Array, layer: LinearLayout, stream: Stream) => void;

interface Scheme {
  readonly hidden: Draw;
  readonly output: Draw;
  /** Whether hidden layers are negated then where their negation is alive on more samples. */
  readonly flipsSigns?: boolean;
  /** Whether half of a hidden layer's neurons are drawn, and the others follow from them. */
  readonly pairsNeurons?: boolean;
}

type Draws = (stream: Stream) => number;

/** Uniform in [-1, 1). */
const uniform: Draws = (stream) => 2 * stream() - 1;

function fill(to: Float32Array, from: number, end: number, draws: () => number): void {
  for (let i = from; i < end; i++) to[i] = draws();
}

/** Weights and biases uniform in ±1/√fan_in: PyTorch's default for Linear layers. */
const pytorch: Draw = (to, { inputs, outputs, weights, biases }, stream) => {
  const bound = 1 / Math.sqrt(inputs);
  fill(to, weights, biases + outputs, () => uniform(stream) * bound);
};

/** Weights of a bound or deviation that follows from the layer's shape, and biases of 0. */
function scaled(draws: Draws, scaleOf: (layer: LinearLayout) => number): Draw {
  return (to, layer, stream) => {
    const scale = scaleOf(layer);
    fill(to, layer.weights, layer.biases, () => draws(stream) * scale);
  };
}

const heNormal = scaled(normal, ({ inputs }) => Math.sqrt(2 / inputs));

/**
 * Randomized asymmetric initialization: weights and bias of each neuron normal with deviation
 * 0.6007/√fan_in, and one of them, whichever, replaced by a draw from Beta(2, 1), the larger of two
 * uniform numbers, whose distribution is x².
 */
const rai: Draw = (to, { inputs, outputs, weights, biases }, stream) => {
  const deviation = 0.6007 / Math.sqrt(inputs);
  for (let j = 0; j < outputs; j++) {
    const row = weights + j * inputs;
    fill(to, row, row + inputs, () => normal(stream) * deviation);
    to[biases + j] = normal(stream) * deviation;
    const replaced = Math.floor(stream() * (inputs + 1));
    to[replaced < inputs ? row + replaced : biases + j] = Math.sqrt(stream());
  }
};

/** The second half of the neurons are the first half's negations, so that of each pair one is alive. */
const mirrored: Draw = (to, layer, stream) => {
  const half = layer.outputs / 2;
  heNormal(to, { ...layer, biases: layer.weights + half * layer.inputs }, stream);
  const weights = to.subarray(layer.weights, layer.biases);
  weights.set(
    weights.subarray(0, half * layer.inputs).map((w) => -w),
    half * layer.inputs,
  );
};

function alike(draw: Draw): Scheme {
  return { hidden: draw, output: draw };
}

/**
 * He: He, Zhang, Ren & Sun 2015, "Delving deep into rectifiers". Xavier: Glorot & Bengio 2010,
 * "Understanding the difficulty of training deep feedforward neural networks". RAI: Lu, Shin, Su &
 * Karniadakis 2020, "Dying ReLU and Initialization: Theory and Numerical Examples". Sign flip: Rister
 * & Rubin 2020, "Probabilistic bounds on neuron death in deep rectifier networks".
 */
export const SCHEMES: Readonly<Record<Initialization, Scheme>> = {
  pytorch: alike(pytorch),
  "he-uniform": alike(scaled(uniform, ({ inputs }) => Math.sqrt(6 / inputs))),
  "he-normal": alike(heNormal),
  "xavier-uniform": alike(
    scaled(uniform, ({ inputs, outputs }) => Math.sqrt(6 / (inputs + outputs))),
  ),
  rai: alike(rai),
  mirrored: { hidden: mirrored, output: heNormal, pairsNeurons: true },
  "sign-flip": { ...alike(pytorch), flipsSigns: true },
};
