/** Draws a network from left to right: inputs, hidden layers, output neurons. */
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import { firstLayerRead, wiringOf } from "../../model/layout.js";
import { neuronStates } from "../../model/neuron-states.js";
import type { Network } from "../../model/trial.js";
import { neuronMark, type Point, RADIUS } from "./neuron-marks.js";
import { BLUE, FAINT_INK, LAYER_COLOURS } from "./style.js";
import { element, textAt } from "./svg.js";

export interface DrawnNetwork {
  readonly network: Network;
  /** [depth][width], true where a neuron is dead; left out, none is. */
  readonly dead?: readonly (readonly boolean[])[];
  /** The same of neurons that put out the same for every sample; left out, those behind a dead layer. */
  readonly constant?: readonly (readonly boolean[])[];
  /** The same of neurons that put out something elsewhere on the domain, also of those that are dead; left out, unknown. */
  readonly activeOnDomain?: readonly (readonly boolean[])[];
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
/** Of an arc past one layer. */
const SUM_RISE = 9;

/** Layers of one colour differ in their dashes. */
const DASHES = [undefined, "6 3", "2 2", "8 3 2 3", "12 4"];

/**
 * The output neurons' connections have their hidden layer's colour and dashes, and a dead layer
 * has none; a red X marks a dead neuron, a dashed X one
 * that is dead on the samples alone, a bar one that can only put out a constant. In a residual network
 * arcs lead past the layers that sums are made around, and a dead layer hands the sum on. Of a dense one,
 * what hidden layers and outputs read of the input and of layers far below is not drawn, but for the
 * outputs' connections to hidden layers.
 */
export function networkDiagram({ network, dead, constant, activeOnDomain }: DrawnNetwork): Diagram {
  const { depth, width } = network;
  const { inputs, outputs } = dimensionsOf(network.dataset);
  const { addsUp } = wiringOf(network);
  const rows = Math.max(width, inputs, outputs);
  const step = Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, FITTING_WIDTH / (depth + 1)));
  const arcs = firstLayerRead(network) < depth - 1;
  const arcStep = Math.max(LEAST_ARC_STEP, Math.min(ARC_STEP, HIGHEST_ARC / depth));
  const arcRoom = arcs ? depth * arcStep : 0;
  const top = ROOM + RADIUS + arcRoom;
  const height = top + (rows - 1) * NEURON_DISTANCE + RADIUS + arcRoom + ROOM;
  const middle = top + ((rows - 1) * NEURON_DISTANCE) / 2;
  const xOf = (position: number) => ROOM + RADIUS + 12 + position * step;

  const column = (position: number, neurons: number) => {
    const first = top + ((rows - neurons) * NEURON_DISTANCE) / 2;
    return Array.from(
      { length: neurons },
      (_, neuron): Point => ({ x: xOf(position), y: first + neuron * NEURON_DISTANCE }),
    );
  };
  const ins = column(0, inputs);
  const outs = column(depth + 1, outputs);
  const layers = Array.from({ length: depth }, (_, layer) => column(layer + 1, width));
  const states = dead && neuronStates(dead, constant);
  const isCut = (layer: number) => !addsUp && (dead?.[layer]?.every(Boolean) ?? false);

  const hidden = layers.flatMap((layer, l) =>
    (l === 0 ? ins : layers[l - 1]).flatMap((from) => layer.map((to) => connection(from, to))),
  );
  const toOutput = layers.flatMap((layer, l) =>
    l < firstLayerRead(network) || isCut(l)
      ? []
      : layer.flatMap((from) =>
          outs.map((to) => outputConnection(from, to, l, depth - 1 - l, arcStep, middle)),
        ),
  );
  const sums = addsUp
    ? layers.slice(1).flatMap((layer, l) => layer.map((to, j) => sumArc(layers[l][j], to)))
    : [];
  const neurons = layers.flatMap((layer, l) =>
    layer.map((at, neuron) => {
      const state = states?.[l]?.[neuron] ?? "alive";
      const isElsewhere = state === "dead" && activeOnDomain?.[l][neuron];
      return neuronMark(at, isElsewhere ? "dead on samples" : state);
    }),
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
    ...[...ins, ...outs].map((at) => neuronMark(at, "alive")),
    ...[...named(ins, "x"), ...named(outs, "y")],
  ];
  return {
    width: xOf(depth + 1) + RADIUS + 12 + ROOM,
    height,
    content: [...hidden, ...sums, ...toOutput, ...neurons, ...numbers, ...ends],
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

/** Past one layer: what it reads is added to what it puts out. */
function sumArc(from: Point, to: Point): string {
  const [left, right] = [from.x + RADIUS * 0.6, to.x - RADIUS * 0.6];
  const y = from.y - RADIUS * 0.8;
  return element("path", {
    d: `M${round(left)} ${round(y)}Q${round((left + right) / 2)} ${round(y - 2 * SUM_RISE)} ${round(right)} ${round(y)}`,
    fill: "none",
    stroke: BLUE,
    "stroke-width": 1.4,
    "stroke-dasharray": "4 2",
  });
}

/** `x`, or of several 1, 2, …: their circles have no room for more. */
function named(column: readonly Point[], name: string): string[] {
  const font = { "font-size": 11, "text-anchor": "middle" };
  return column.map(({ x, y }, i) =>
    textAt(x, y + 4, column.length === 1 ? name : String(i + 1), font),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
