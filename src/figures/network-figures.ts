/** The figures that draw networks. */

import { convergedMean } from "../analysis/converged-means.js";
import { counted } from "../counted.js";
import { headingOf } from "../model/cells.js";
import { makeDataset } from "../model/dataset.js";
import { findDeadNeurons } from "../model/dead-neurons.js";
import { firstLayerRead } from "../model/layout.js";
import { hasConverged, outcomeOf } from "../model/outcome.js";
import type { Cell, Network, Trial } from "../model/trial.js";
import { csvLines } from "../output/formats/csv.js";
import { type LabelledNetwork, networkPicture } from "../output/pictures/network-picture.js";
import { RESIDUAL_BLOCK, residualBlockPicture } from "../output/pictures/residual-block.js";
import { LAYER_COLOURS } from "../output/pictures/style.js";
import type { StoredTrial } from "../store/store.js";
import { THESIS_CONNECTIONS, THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { Figure } from "../thesis/figures.js";
import type { DeadLayersTable } from "../thesis/published.js";
import { type FigureRequest, type MadeFigure, sentences } from "./figure.js";
import { neuronsCsv } from "./neurons-csv.js";
import { type ThesisTrials, thesisCell } from "./thesis-trials.js";

const DEAD_NOTE =
  "Dead is a neuron whose output is 0 for all 20 inputs. A dead layer draws no connections to the output neuron, " +
  "and hidden layers behind it have nothing of the input left.";

/** Networks as they are described for training, before any. */
export function networksFigure(
  { shows }: Figure,
  rows: readonly (readonly Network[])[],
  { smallPrint, textWidth }: FigureRequest,
): MadeFigure {
  const labelled = rows.map((row) =>
    row.map((network): LabelledNetwork => ({ network, label: [nameOf(network)] })),
  );
  const networks = rows.flat();
  const svg = networkPicture(labelled, {
    title: shows,
    notes: [outputNote(networks)],
    smallPrint,
    textWidth,
  });
  const csv = neuronsCsv(networks.map((network) => ({ network })));
  return { title: shows, text: sentences([shows]), svg, csv, data: rows };
}

export function residualBlockFigure({ smallPrint }: FigureRequest): MadeFigure {
  const title = "A residual block adds its input to what its layers make of it";
  const svg = residualBlockPicture(title, smallPrint);
  const csv = csvLines([["from", "to"], ...RESIDUAL_BLOCK]);
  return { title, text: sentences([title]), svg, csv, data: RESIDUAL_BLOCK };
}

/**
 * A trained pair for each depth: a converged late-residual network with the thesis's dead layers,
 * and the plain network of the same seed.
 */
export async function deadNetworksFigure(
  published: DeadLayersTable,
  depths: readonly number[],
  { smallPrint, textWidth, seed, seeds, trials }: FigureRequest,
): Promise<MadeFigure> {
  const opened = await trials();
  const rows: TrainedNetwork[][] = [];
  for (const depth of depths) {
    const cells = THESIS_CONNECTIONS.map((connection) =>
      thesisCell({ ...published, depth, connection }),
    );
    const many = await opened.of(cells, seeds);
    const wanted = Math.ceil(published.deadLayersByDepth[depth]);
    const late = THESIS_CONNECTIONS.indexOf(published.connection);
    const shown = seed ?? seedWithDeadLayers(many[late], wanted);
    rows.push(
      await Promise.all(
        cells.map((cell, i) => drawn({ ...cell, seed: shown }, spreadText(cell, many[i]), opened)),
      ),
    );
  }
  const least = depths.map((depth) => Math.ceil(published.deadLayersByDepth[depth]));
  const allConverged = rows.every(([, late]) => late.converged);
  const title = allConverged
    ? "Late-residual networks converge with dead layers that cut a plain network in two"
    : "Dead neurons of trained networks, plain and late-residual";
  const choice =
    `Figure 4.1's means say that some of the thesis's converged networks of depth ${listed(depths)} had at ` +
    `least ${listed(least)} dead layers; of the first ${seeds} seeds, ours come nearest to that.`;
  const notes = [
    outputNote(rows.flat().map(({ network }) => network)),
    DEAD_NOTE,
    ...(seed === undefined ? [choice] : []),
  ];
  return {
    title,
    text: sentences([title, ...rows.flat().map(({ label }) => label.join(": ")), ...notes]),
    svg: networkPicture(rows, { title, notes, smallPrint, textWidth }),
    csv: neuronsCsv(rows.flat()),
    data: rows,
  };
}

/**
 * What there is to say of the colours: a plain network's output neuron reads one layer only.
 *
 * @param which as a sentence begins, of one output neuron or each of several
 */
export function outputNote(
  networks: readonly Pick<Network, "depth" | "connection">[],
  which: "The" | "Each" = "The",
): string {
  if (networks.every((network) => firstLayerRead(network) === network.depth - 1)) {
    return `${which} output neuron reads the last hidden layer only; its connections are coloured.`;
  }
  const deepest = Math.max(...networks.map(({ depth }) => depth));
  const told = deepest > LAYER_COLOURS.length ? "a colour and dashes" : "a colour";
  return `${which} output neuron's connections have ${told} for each hidden layer that they come from.`;
}

/** The first converged seed with so many dead layers, or else with the nearest number of them. */
function seedWithDeadLayers(trials: readonly StoredTrial[], wanted: number): number {
  const distance = ({ outcome }: StoredTrial) =>
    outcome.state === "trained" && hasConverged(outcome, THESIS_CONVERGED_RMSE)
      ? Math.abs(outcome.deadLayers - wanted)
      : Number.MAX_VALUE;
  const [nearest] = trials.toSorted((a, b) => distance(a) - distance(b));
  return nearest.seed;
}

/** Of how many trainings the drawn one is one. */
function spreadText(cell: Cell, trials: readonly StoredTrial[]): string {
  const { converged, interval } = convergedMean(cell, trials, "deadLayers", THESIS_CONVERGED_RMSE);
  const counted = `${converged} of ${trials.length} seeds converge`;
  if (!interval) return counted;
  const reach = interval.reach === null ? "" : ` ± ${interval.reach.toFixed(1)}`;
  return `${counted}, with ${interval.mean.toFixed(1)}${reach} dead layers`;
}

interface TrainedNetwork extends LabelledNetwork {
  readonly seed: number;
  readonly converged: boolean;
}

/** @param among says of how many trainings it is one */
async function drawn(trial: Trial, among: string, trials: ThesisTrials): Promise<TrainedNetwork> {
  const training = await trials.watch(trial);
  const dead = findDeadNeurons(trial, training.activations);
  const outcome = outcomeOf(trial, makeDataset(trial.dataset), training);
  const converged = hasConverged(outcome, THESIS_CONVERGED_RMSE);
  return {
    network: trial,
    seed: trial.seed,
    dead: dead.mask,
    converged,
    label: [
      `${nameOf(trial)}, seed ${trial.seed}`,
      `${converged ? "converged" : "did not converge"}; ${counted(dead.neurons, "dead neuron")}, ` +
        counted(dead.layers, "dead layer"),
      among,
    ],
  };
}

function nameOf({ connection, depth }: Network): string {
  return `${headingOf("connection", connection)}, depth ${depth}`;
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}
