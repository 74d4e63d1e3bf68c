/** One trial for a terminal: its predictions beside the targets, and its network. */
import Table from "cli-table3";
import type { Dataset } from "../../model/dataset.js";
import type { DeadNeurons } from "../../model/dead-neurons.js";
import { firstLayerRead } from "../../model/layout.js";
import { type NeuronState, neuronStates } from "../../model/neuron-states.js";
import type { Network } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";

/** x, target, prediction and error of each sample, in original units. */
export function predictionTable({ x, t }: Dataset, predictions: Float64Array): string {
  const table = new Table({
    head: ["Sample", "x", "Target", "Prediction", "Error"],
    style: { head: [], border: [], compact: true },
    colAligns: ["right", "right", "right", "right", "right"],
  });
  x.forEach((value, sample) => {
    const prediction = predictions[sample];
    const numbers = [value, t[sample], prediction, prediction - t[sample]];
    table.push([sample, ...numbers.map(fourDecimals)]);
  });
  return table.toString();
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
 * The network as a grid, a column per hidden layer and a row per neuron: ● alive, ○ alive behind a dead
 * layer, ✕ dead. The last row marks the layers that the output neuron reads and that have a neuron
 * alive to be read.
 *
 * @param columns how many characters a line of the terminal has; what is wider goes on below
 */
export function networkDrawing(
  network: Network,
  { mask }: DeadNeurons,
  colours: Palette = PLAIN,
  columns = 80,
): string {
  const perLine = Math.max(1, Math.floor((columns - NAME_WIDTH) / LAYER_WIDTH));
  const layers = neuronStates(mask).map((neurons, layer) => ({ neurons, number: layer + 1 }));
  const blocks: string[] = [];
  for (let first = 0; first < layers.length; first += perLine) {
    blocks.push(drawBlock(network, layers.slice(first, first + perLine), colours));
  }
  const hasConstants = layers.some(({ neurons }) => neurons.includes("constant"));
  const constant = hasConstants ? "○ behind a dead layer, so the same for every sample  " : "";
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
