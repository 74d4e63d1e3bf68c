/** One trial for a terminal: its loss, its predictions beside the targets, and its network. */
import Table from "cli-table3";
import plot from "simple-ascii-chart";
import type { Dataset } from "../../model/dataset.js";
import type { DeadNeurons } from "../../model/dead-neurons.js";
import { firstLayerRead } from "../../model/layout.js";
import { type NeuronState, neuronStates } from "../../model/neuron-states.js";
import type { Network } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";

/** Points of the chart; a training has more epochs than a terminal has columns. */
const CHART_WIDTH = 60;
const CHART_HEIGHT = 12;

/**
 * RMSE per epoch. Each column shows the mean over its share of the epochs, because in iterative
 * training neighbouring epochs see different samples.
 *
 * @param rmse in original units, [epochs]; may end in values that are not finite
 */
export function lossChart(rmse: Float64Array): string {
  const columns = Math.min(CHART_WIDTH, rmse.length);
  const points = Array.from({ length: columns }, (_, column): [number, number] => {
    const begin = Math.floor((column * rmse.length) / columns);
    const end = Math.floor(((column + 1) * rmse.length) / columns);
    const share = rmse.subarray(begin, end);
    return [begin, share.reduce((sum, value) => sum + value, 0) / share.length];
  }).filter(([, value]) => Number.isFinite(value));
  if (points.length < 2) return "RMSE per epoch: needs two epochs without overflow to be drawn";
  const top = Math.max(...points.map(([, value]) => value));
  const quarters = [0, 0.25, 0.5, 0.75, 1];
  return plot(points, {
    title: "RMSE per epoch",
    xLabel: "epoch",
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    yRange: [0, top],
    customXAxisTicks: quarters.map((part) => points[Math.round(part * (points.length - 1))][0]),
    customYAxisTicks: quarters.map((part) => part * top),
    formatter: (value, { axis }) => (axis === "y" ? value.toPrecision(3) : value),
  }).trim();
}

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
  return Number.isFinite(value) ? value.toFixed(4) : "–";
}

const LAYERS_PER_LINE = 20;

const SYMBOLS: Readonly<Record<NeuronState, readonly [symbol: string, colour: keyof Palette]>> = {
  alive: ["●", "green"],
  constant: ["○", "cyan"],
  dead: ["✕", "red"],
};

/**
 * The network as a grid, a column per hidden layer and a row per neuron: ● alive, ○ alive behind a dead
 * layer, ✕ dead. The last row marks the layers that the output neuron reads and that have a neuron
 * alive to be read.
 */
export function networkDrawing(
  network: Network,
  { mask }: DeadNeurons,
  colours: Palette = PLAIN,
): string {
  const layers = neuronStates(mask).map((neurons, layer) => ({ neurons, number: layer + 1 }));
  const blocks: string[] = [];
  for (let first = 0; first < layers.length; first += LAYERS_PER_LINE) {
    blocks.push(drawBlock(network, layers.slice(first, first + LAYERS_PER_LINE), colours));
  }
  const hasConstants = layers.some(({ neurons }) => neurons.includes("constant"));
  const constant = hasConstants ? "○ behind a dead layer, so the same for every sample  " : "";
  return `${blocks.join("\n\n")}\n\n${colours.dim(
    `● alive  ${constant}✕ dead\n↓ read by the output neuron  ✕ in the last row: the whole layer is dead`,
  )}`;
}

function drawBlock(
  network: Network,
  layers: readonly { readonly neurons: readonly NeuronState[]; readonly number: number }[],
  colours: Palette,
): string {
  const line = (name: string, cells: string[]) => `${name.padEnd(11)}${cells.join("")}`;
  const plain = (symbol: string) => symbol.padStart(4);
  const cell = (state: NeuronState) => {
    const [symbol, colour] = SYMBOLS[state];
    return " ".repeat(4 - symbol.length) + colours[colour](symbol);
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
