/** Drawings of networks as CSV. */
import { firstLayerRead } from "../model/layout.js";
import { neuronStates } from "../model/neuron-states.js";
import { csvLines } from "../output/formats/csv.js";
import type { DrawnNetwork } from "../output/pictures/network-diagram.js";

/**
 * A row per hidden neuron of each network: its state, where that is drawn, and whether the output
 * neuron reads it. Layers and neurons are numbered from 1, layers as the picture numbers them.
 */
export function neuronsCsv(
  networks: readonly (DrawnNetwork & { readonly seed?: number })[],
): string {
  const lines = networks.flatMap(({ network, seed, dead, constant }) => {
    const { depth, width, connection } = network;
    const states = dead && neuronStates(dead, constant);
    return Array.from({ length: depth * width }, (_, i) => {
      const [layer, neuron] = [Math.floor(i / width), i % width];
      return [
        ...[connection, depth, width, seed ?? null, layer + 1, neuron + 1],
        ...[layer >= firstLayerRead(network), states?.[layer][neuron] ?? null],
      ];
    });
  });
  const names = [
    "connection",
    "depth",
    "width",
    "seed",
    "layer",
    "neuron",
    "read_by_output",
    "state",
  ];
  return csvLines([names, ...lines]);
}
