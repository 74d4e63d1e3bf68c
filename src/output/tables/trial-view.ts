/** One trial for a terminal: its predictions beside the targets, and its network. */
import Table from "cli-table3";
import { counted } from "../../counted.js";
import type { Points } from "../../model/dataset.js";
import { firstLayerRead } from "../../model/layout.js";
import type { NeuronState } from "../../model/neuron-states.js";
import type { Network } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";

/** Rows that a table shows at the most: what thousands of samples have, `--json` gives. */
const MOST_ROWS = 40;

/**
 * x, target, prediction and error of each sample, in original units; of several outputs the errors are
 * left out, for want of room.
 *
 * @param predictions [samples, outputs]
 */
export function predictionTable({ samples, x, t }: Points, predictions: Float64Array): string {
  const [inputs, outputs] = [x.length / samples, t.length / samples];
  const names = outputs === 1 ? ["Target", "Prediction", "Error"] : ["Target", "Output"];
  const head = [
    "Sample",
    ...numbered("x", inputs),
    ...interleaved(names.map((name) => numbered(name, outputs))),
  ];
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map(() => "right"),
  });
  for (let sample = 0; sample < Math.min(samples, MOST_ROWS); sample++) {
    const of = (values: Float64Array, columns: number) => [
      ...values.subarray(sample * columns, (sample + 1) * columns),
    ];
    const [targets, predicted] = [of(t, outputs), of(predictions, outputs)];
    const errors = predicted.map((prediction, k) => prediction - targets[k]);
    const shown = [targets, predicted, errors].slice(0, names.length);
    const numbers = [...of(x, inputs), ...interleaved(shown)];
    table.push([sample, ...numbers.map(fourDecimals)]);
  }
  const left = samples - MOST_ROWS;
  return table.toString() + (left > 0 ? `\n… and ${counted(left, "sample")} more` : "");
}

/** `x`, or of several `x1`, `x2`, … */
function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => (count === 1 ? name : `${name}${i + 1}`));
}

/** The first of each list, then the second of each. */
function interleaved<Value>(lists: readonly (readonly Value[])[]): Value[] {
  return lists[0].flatMap((_, i) => lists.map((list) => list[i]));
}

function fourDecimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4).replace(/^-(?=0\.0+$)/, "") : "–";
}

/** Of the names in front of the columns, and of each column. */
const NAME_WIDTH = 11;
const LAYER_WIDTH = 4;

const SYMBOLS: Readonly<Record<NeuronState, readonly [symbol: string, colour: keyof Palette]>> = {
  alive: ["●", "green"],
  constant: ["○", "cyan"],
  dead: ["✕", "red"],
};

/**
 * The network as a grid, a column per hidden layer and a row per neuron: ● alive, ○ the same for every
 * sample, ✕ dead. The last row marks the layers that the output neuron reads and that have a neuron
 * alive to be read.
 *
 * @param columns how many characters a line of the terminal has; what is wider goes on below
 */
export function networkDrawing(
  network: Network,
  states: readonly (readonly NeuronState[])[],
  colours: Palette = PLAIN,
  columns = 80,
): string {
  const perLine = Math.max(1, Math.floor((columns - NAME_WIDTH) / LAYER_WIDTH));
  const layers = states.map((neurons, layer) => ({ neurons, number: layer + 1 }));
  const blocks: string[] = [];
  for (let first = 0; first < layers.length; first += perLine) {
    blocks.push(drawBlock(network, layers.slice(first, first + perLine), colours));
  }
  const hasConstants = layers.some(({ neurons }) => neurons.includes("constant"));
  const constant = hasConstants ? "○ the same for every sample  " : "";
  const key = `● alive  ${constant}✕ dead  ↓ read by the output neuron  ✕ in the last row: whole layer dead`;
  return `${blocks.join("\n\n")}\n\n${colours.dim(wrapped(key, columns))}`;
}

function drawBlock(
  network: Network,
  layers: readonly { readonly neurons: readonly NeuronState[]; readonly number: number }[],
  colours: Palette,
): string {
  const line = (name: string, cells: string[]) => `${name.padEnd(NAME_WIDTH)}${cells.join("")}`;
  const plain = (symbol: string) => symbol.padStart(LAYER_WIDTH);
  const cell = (state: NeuronState) => {
    const [symbol, colour] = SYMBOLS[state];
    return " ".repeat(LAYER_WIDTH - symbol.length) + colours[colour](symbol);
  };
  const rows = Array.from({ length: network.width }, (_, neuron) =>
    line(
      `neuron ${neuron + 1}`,
      layers.map(({ neurons }) => cell(neurons[neuron])),
    ),
  );
  const reads = layers.map(({ neurons, number }) => {
    if (neurons.every((state) => state === "dead")) return cell("dead");
    return plain(number > firstLayerRead(network) ? "↓" : "");
  });
  const numbers = layers.map(({ number }) => plain(String(number)));
  return [line("layer", numbers), ...rows, line("output", reads)].join("\n");
}
