/** Draws a network from left to right: input, hidden layers, output neuron. */
import { firstLayerRead } from "../../model/layout.js";
import { neuronStates } from "../../model/neuron-states.js";
import type { Network } from "../../model/trial.js";
import { neuronMark, type Point, RADIUS } from "./neuron-marks.js";
import { FAINT_INK, LAYER_COLOURS } from "./style.js";
import { element, textAt } from "./svg.js";

export interface DrawnNetwork {
  readonly network: Network;
  /** [depth][width], true where a neuron is dead; left out, none is. */
  readonly dead?: readonly (readonly boolean[])[];
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  /** SVG elements, from (0, 0). */
  readonly content: readonly string[];
}

const NEURON_DISTANCE = 40;
/** Of layers: as wide as fits, within limits. */
const WIDEST_STEP = 64;
const NARROWEST_STEP = 27;
const FITTING_WIDTH = 460;
/** How high the first hidden layer's arcs rise, and how much each layer's rise above the next one's. */
const HIGHEST_ARC = 120;
const ARC_STEP = 20;
const LEAST_ARC_STEP = 6;
const ROOM = 14;

/** Layers of one colour differ in their dashes. */
const DASHES = [undefined, "6 3", "2 2", "8 3 2 3", "12 4"];

/**
 * The output neuron's connections have their hidden layer's colour and dashes, and a dead layer
 * has none; a red X marks a dead neuron, a bar one that can only put out a constant.
 */
export function networkDiagram({ network, dead }: DrawnNetwork): Diagram {
  const { depth, width } = network;
  const step = Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, FITTING_WIDTH / (depth + 1)));
  const arcs = firstLayerRead(network) < depth - 1;
  const arcStep = Math.max(LEAST_ARC_STEP, Math.min(ARC_STEP, HIGHEST_ARC / depth));
  const arcRoom = arcs ? depth * arcStep : 0;
  const top = ROOM + RADIUS + arcRoom;
  const height = top + (width - 1) * NEURON_DISTANCE + RADIUS + arcRoom + ROOM;
  const middle = top + ((width - 1) * NEURON_DISTANCE) / 2;
  const xOf = (position: number) => ROOM + RADIUS + 12 + position * step;

  const input: Point = { x: xOf(0), y: middle };
  const output: Point = { x: xOf(depth + 1), y: middle };
  const layers = Array.from({ length: depth }, (_, layer) =>
    Array.from(
      { length: width },
      (_, neuron): Point => ({ x: xOf(layer + 1), y: top + neuron * NEURON_DISTANCE }),
    ),
  );
  const states = dead && neuronStates(dead);
  const isDeadLayer = (layer: number) => dead?.[layer]?.every(Boolean) ?? false;

  const hidden = layers.flatMap((layer, l) =>
    (l === 0 ? [input] : layers[l - 1]).flatMap((from) => layer.map((to) => connection(from, to))),
  );
  const toOutput = layers.flatMap((layer, l) =>
    l < firstLayerRead(network) || isDeadLayer(l)
      ? []
      : layer.map((from) => outputConnection(from, output, l, depth - 1 - l, arcStep, middle)),
  );
  const neurons = layers.flatMap((layer, l) =>
    layer.map((at, neuron) => neuronMark(at, states?.[l]?.[neuron] ?? "alive")),
  );
  // Below a column's first neuron no connection passes.
  const numbers = layers.map(([first], l) =>
    textAt(first.x, first.y + NEURON_DISTANCE / 2 + 3, String(l + 1), {
      "font-size": 9,
      "text-anchor": "middle",
      fill: FAINT_INK,
    }),
  );
  const ends = [
    neuronMark(input, "alive"),
    neuronMark(output, "alive"),
    name(input, "x"),
    name(output, "y"),
  ];
  return {
    width: xOf(depth + 1) + RADIUS + 12 + ROOM,
    height,
    content: [...hidden, ...toOutput, ...neurons, ...numbers, ...ends],
  };
}

function connection(from: Point, to: Point): string {
  return element("line", {
    x1: from.x,
    y1: from.y,
    x2: to.x,
    y2: to.y,
    stroke: "#a8a8a8",
    "stroke-width": 1,
  });
}

/**
 * A line from the last hidden layer; from an earlier one an arc over the layers between, above
 * them from the upper neurons and below them from the lower ones.
 */
function outputConnection(
  from: Point,
  output: Point,
  layer: number,
  between: number,
  arcStep: number,
  middle: number,
): string {
  const stroke = {
    fill: "none",
    stroke: LAYER_COLOURS[layer % LAYER_COLOURS.length],
    "stroke-width": 1.6,
    "stroke-dasharray": DASHES[Math.floor(layer / LAYER_COLOURS.length) % DASHES.length],
  };
  if (between === 0) {
    return element("line", { x1: from.x, y1: from.y, x2: output.x, y2: output.y, ...stroke });
  }
  const side = from.y <= middle ? -1 : 1;
  const span = output.x - from.x;
  // A cubic curve rises to three quarters of its control points' height.
  const rise = (side * (between + 1) * arcStep * 4) / 3;
  const [x1, x2] = [from.x + span * 0.12, output.x - span * 0.12];
  return element("path", {
    d:
      `M${round(from.x)} ${round(from.y)}C${round(x1)} ${round(from.y + rise)} ` +
      `${round(x2)} ${round(from.y + rise)} ${round(output.x)} ${round(output.y)}`,
    ...stroke,
  });
}

function name({ x, y }: Point, text: string): string {
  return textAt(x, y + 4, text, { "font-size": 11, "text-anchor": "middle" });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
