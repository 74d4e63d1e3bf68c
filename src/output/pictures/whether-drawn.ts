/** Which networks are small enough for a drawing. */
import { counted, number } from "../../counted.js";
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import { parameterCounts } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";

/** More lines are one grey area, and a picture that no screen shows. */
const MOST_WEIGHTS = 5000;
const MOST_DEPTH = 100;
const MOST_ROWS = 64;

/** @returns why a network is not drawn; undefined where it is */
export function whyNotDrawn(network: Network): string | undefined {
  const { inputs, outputs } = dimensionsOf(network.dataset);
  const { depth, width } = network;
  const { weights } = parameterCounts(network);
  const rows = Math.max(width, inputs, outputs);
  if (weights <= MOST_WEIGHTS && depth <= MOST_DEPTH && rows <= MOST_ROWS) return undefined;
  return (
    `the network is not drawn: it has ${counted(depth, "hidden layer")}, up to ${counted(rows, "neuron")} in a ` +
    `layer and ${counted(weights, "weight")}, a picture at most ${MOST_DEPTH}, ${MOST_ROWS} and ${number(MOST_WEIGHTS)}`
  );
}
