/** The figures that draw networks. */

import { headingOf } from "../model/cells.js";
import { makeDataset } from "../model/dataset.js";
import { findDeadNeurons } from "../model/dead-neurons.js";
import { hasConverged, type Outcome, outcomeOf } from "../model/outcome.js";
import type { Cell, Network, Trial } from "../model/trial.js";
import { type LabelledNetwork, networkPicture } from "../output/pictures/network-picture.js";
import { residualBlockPicture } from "../output/pictures/residual-block.js";
import { THESIS_CONNECTIONS, THESIS_CONVERGED_RMSE } from "../thesis/experiment.js";
import type { Figure } from "../thesis/figures.js";
import type { DeadLayersTable } from "../thesis/published.js";
import type { FigureRequest, MadeFigure } from "./figure.js";
import { SEEDS_SEARCHED, type ThesisTrials, thesisCell } from "./thesis-trials.js";

const COLOURS_NOTE =
  "The output neuron's connections have a colour and dashes for each hidden layer that they come from.";
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
  const svg = networkPicture(labelled, {
    title: shows,
    notes: [COLOURS_NOTE],
    smallPrint,
    textWidth,
  });
  return { title: shows, text: () => shows, svg, data: rows };
}

export function residualBlockFigure({ smallPrint }: FigureRequest): MadeFigure {
  const title = "A residual block adds its input to what its layers make of it";
  return { title, text: () => title, svg: residualBlockPicture(title, smallPrint), data: {} };
}

/**
 * A trained pair for each depth: a converged late-residual network with the thesis's dead layers,
 * and the plain network of the same seed.
 */
export async function deadNetworksFigure(
  published: DeadLayersTable,
  depths: readonly number[],
  { smallPrint, textWidth, seed, trials }: FigureRequest,
): Promise<MadeFigure> {
  const opened = await trials();
  const rows: TrainedNetwork[][] = [];
  for (const depth of depths) {
    const late = thesisCell({ ...published, depth });
    const wanted = Math.ceil(published.deadLayersByDepth[depth]);
    const shown = seed ?? (await seedWithDeadLayers(late, wanted, opened));
    rows.push(
      await Promise.all(
        THESIS_CONNECTIONS.map((connection) => drawn({ ...late, connection, seed: shown }, opened)),
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
    `least ${listed(least)} dead layers; of the first ${SEEDS_SEARCHED} seeds, ours come nearest to that.`;
  const notes = [COLOURS_NOTE, DEAD_NOTE, ...(seed === undefined ? [choice] : [])];
  return {
    title,
    text: () => [title, ...rows.flat().map(({ label }) => label.join(": ")), ...notes].join("\n"),
    svg: networkPicture(rows, { title, notes, smallPrint, textWidth }),
    data: rows,
  };
}

/** The first converged seed with so many dead layers, or else with the nearest number of them. */
async function seedWithDeadLayers(
  cell: Cell,
  wanted: number,
  trials: ThesisTrials,
): Promise<number> {
  const distance = (outcome: Outcome) =>
    outcome.state === "trained" && hasConverged(outcome, THESIS_CONVERGED_RMSE)
      ? Math.abs(outcome.deadLayers - wanted)
      : Number.POSITIVE_INFINITY;
  const until = { wanted: (outcome: Outcome) => distance(outcome) === 0, count: 1 };
  const [found] = await trials.search([cell], until, SEEDS_SEARCHED);
  const [nearest] = found.trials.toSorted((a, b) => distance(a.outcome) - distance(b.outcome));
  return nearest.seed;
}

interface TrainedNetwork extends LabelledNetwork {
  readonly converged: boolean;
}

async function drawn(trial: Trial, trials: ThesisTrials): Promise<TrainedNetwork> {
  const training = await trials.watch(trial);
  const dead = findDeadNeurons(trial, training.activations);
  const outcome = outcomeOf(trial, makeDataset(trial.dataset), training);
  const converged = hasConverged(outcome, THESIS_CONVERGED_RMSE);
  const count = (number: number, noun: string) =>
    `${number} dead ${noun}${number === 1 ? "" : "s"}`;
  return {
    network: trial,
    dead: dead.mask,
    converged,
    label: [
      `${nameOf(trial)}, seed ${trial.seed}`,
      `${converged ? "converged" : "did not converge"}; ${count(dead.neurons, "neuron")}, ` +
        count(dead.layers, "layer"),
    ],
  };
}

function nameOf({ connection, depth }: Network): string {
  return `${headingOf("connection", connection)}, depth ${depth}`;
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}
