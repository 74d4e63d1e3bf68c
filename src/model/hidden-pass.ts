/**
 * The forward pass through hidden layers alone, each for all samples before the next: for what looks at
 * networks before they are trained.
 */
import type { Points } from "./dataset.js";
import { type LinearLayout, parameterLayout, wiringOf } from "./layout.js";
import type { Network } from "./trial.js";

/** How many layers' outputs are kept at a time: all where each layer reads all below it, else the last one's. */
export function roomsOf(network: Network): number {
  return readsAll(network) ? network.depth : 1;
}

function readsAll(network: Network): boolean {
  return wiringOf(network).hidden(network.depth).from < 0;
}

/** Room for one network at a time. Its layers are passed in order, each weighed and then activated. */
export class HiddenPass {
  readonly #layers: readonly LinearLayout[];
  readonly #width: number;
  readonly #addsUp: boolean;
  readonly #readsAll: boolean;
  readonly #f: (z: number) => number;
  /** How many samples are passed, from the first on. */
  #samples: number;
  /**
   * The input, and what layers hand on, each [samples, its neurons]; all of them in the same room, one
   * after the other, where only the last is read.
   */
  readonly #below: Float32Array[];
  /** Of the layer that is passed: its weighted sums, then f of them; [samples, width]. */
  readonly #values: Float32Array;

  /** @param f the activation function; what it gives is rounded to float32 */
  constructor(
    network: Network,
    { samples, inputs }: Pick<Points, "samples" | "inputs">,
    f: (z: number) => number,
  ) {
    const { width } = network;
    this.#layers = parameterLayout(network).hidden;
    this.#width = width;
    this.#addsUp = wiringOf(network).addsUp;
    this.#readsAll = readsAll(network);
    this.#f = f;
    this.#samples = samples;
    this.#values = new Float32Array(samples * width);
    const rooms = Array.from({ length: roomsOf(network) }, () => this.#values.slice());
    this.#below = [inputs, ...rooms];
  }

  /**
   * z_j = b_j + Σ_i w_ji·x_i, rounded to float32 after each operation, in the engines' order.
   *
   * @param parameters [count] in the layout's order
   * @returns [samples, width]; what is changed there is what is activated
   */
  weigh(l: number, parameters: Float32Array): Float32Array {
    const layer = this.#layers[l];
    if (l === 0) this.#samples = this.#values.length / this.#width;
    const sums = this.#values.subarray(0, this.#samples * this.#width);
    for (let i = 0; i < sums.length; i++) sums[i] = parameters[layer.biases + (i % layer.outputs)];
    let first = 0;
    for (const read of this.#readBy(l)) {
      const columns = l === 0 || read === this.#below[0] ? this.#layers[0].inputs : this.#width;
      addProducts(parameters, layer, first, read, columns, sums);
      first += columns;
    }
    return sums;
  }

  #readBy(l: number): Float32Array[] {
    if (this.#readsAll) return this.#below.slice(0, l + 1);
    return [this.#below[Math.min(l, 1)]];
  }

  /** @returns [width], true where a neuron puts out 0 for all samples */
  activate(l: number): boolean[] {
    const width = this.#width;
    const values = this.#values.subarray(0, this.#samples * width);
    const handedOn = this.#below[this.#readsAll ? l + 1 : 1];
    const dead = new Array<boolean>(width).fill(true);
    for (let i = 0; i < values.length; i++) {
      values[i] = this.#f(values[i]);
      if (values[i] !== 0) dead[i % width] = false;
      handedOn[i] = this.#addsUp && l > 0 ? handedOn[i] + values[i] : values[i];
    }
    // Behind a dead layer that is all that is read, one sample stands for all.
    if (!this.#addsUp && !this.#readsAll && !dead.includes(false)) this.#samples = 1;
    return dead;
  }
}

/**
 * Adds to each neuron's sums what a block of the layer's columns, from `first` on, makes of what it reads.
 *
 * @param read [samples, columns]
 * @param sums [samples, outputs], added to
 */
function addProducts(
  parameters: Float32Array,
  { inputs, outputs, weights }: LinearLayout,
  first: number,
  read: Float32Array,
  columns: number,
  sums: Float32Array,
): void {
  for (let at = 0, x = 0; at < sums.length; at += outputs, x += columns) {
    for (let j = 0; j < outputs; j++) {
      const row = weights + j * inputs + first;
      let sum = sums[at + j];
      for (let i = 0; i < columns; i++) {
        sum = Math.fround(sum + Math.fround(parameters[row + i] * read[x + i]));
      }
      sums[at + j] = sum;
    }
  }
}
