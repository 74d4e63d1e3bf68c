/** The network of one training, with what its neurons do: drawn as the thesis's are. */
import { counted, number } from "../counted.js";
import { capitalized, headingOf } from "../model/cells.js";
import { dimensionsOf } from "../model/dataset-dimensions.js";
import { wiringOf } from "../model/layout.js";
import type { Connection } from "../model/trial.js";
import { networkPicture } from "../output/pictures/network-picture.js";
import type { TextWidth } from "../output/pictures/svg.js";
import type { TrialReport } from "../runs/trial-report.js";
import { outputNote } from "./network-figures.js";
import { neuronsCsv } from "./neurons-csv.js";

export interface TrialNetwork {
  readonly svg: string;
  /** A row per hidden neuron. */
  readonly csv: string;
}

/** What of a connection is drawn otherwise than in the thesis's two. */
const NOTES: Readonly<Record<Connection, readonly string[]>> = {
  plain: [],
  "late-residual": [],
  residual: [
    "A dashed arc leads past a layer: what the layer reads is added to what it puts out, and the sum is read above.",
  ],
  dense: [
    "Each hidden layer and the output also read the input and all layers below: of those connections only those of the " +
      "output to hidden layers are drawn.",
  ],
  "late-residual-frozen": ["Hidden layers are not trained: they are as they were drawn."],
};

/** @param smallPrint the command */
export function trialNetwork(
  { trial, dead, states, outcome }: TrialReport,
  smallPrint: string,
  textWidth: TextWidth,
): TrialNetwork {
  const { samples } = trial.dataset;
  const constant = states.map((layer) => layer.map((state) => state === "constant"));
  const drawn = { network: trial, seed: trial.seed, dead: dead.mask, constant };
  const heading = headingOf("connection", trial.connection);
  const count = `${counted(dead.neurons, "dead neuron")}, ${counted(dead.layers, "dead layer")}`;
  const cut =
    dead.layers > 0 && !wiringOf(trial).addsUp
      ? " A dead layer draws no connections to the output."
      : "";
  const svg = networkPicture([[{ ...drawn, label: [`Seed ${trial.seed}`] }]], {
    title: capitalized(
      `${heading}, depth ${trial.depth}, width ${trial.width}, after ${counted(trial.epochs, "epoch")}: ${count}`,
    ),
    notes: [
      outputNote([trial], dimensionsOf(trial.dataset).outputs > 1 ? "Each" : "The"),
      ...NOTES[trial.connection],
      `Dead is a neuron whose output is 0 for all ${number(samples)} samples.${cut}`,
      ...(outcome.state === "trained" ? [] : ["Its numbers overflowed, so that it says little."]),
    ],
    smallPrint,
    textWidth,
  });
  return { svg, csv: neuronsCsv([drawn]) };
}
