/** How a neuron is drawn: alive, dead or, behind a dead layer, constant; told apart without colour too. */
import type { NeuronState } from "../../model/neuron-states.js";
import { DEAD_RED, INK, SMALL_SIZE } from "./style.js";
import { element, type TextWidth, textAt } from "./svg.js";

/** A neuron that is dead on the samples may put out something elsewhere on the domain. */
export type NeuronMark = NeuronState | "dead on samples";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const RADIUS = 8;
const LEGEND_GAP = 36;

/** A circle, and what marks the neuron's state in it. */
export function neuronMark({ x, y }: Point, state: NeuronMark): string {
  const circle = element("circle", {
    cx: x,
    cy: y,
    r: RADIUS,
    fill: state.startsWith("dead") ? "#e4e4e4" : "#ffffff",
    stroke: INK,
    "stroke-width": 1.3,
  });
  return circle + MARKS[state]({ x, y });
}

const MARKS: Readonly<Record<NeuronMark, (at: Point) => string>> = {
  alive: () => "",
  constant: ({ x, y }) =>
    element("path", {
      d: `M${x - RADIUS} ${y}L${x + RADIUS} ${y}`,
      stroke: INK,
      "stroke-width": 3,
    }),
  dead: (at) => cross(at, {}),
  "dead on samples": (at) => cross(at, { "stroke-dasharray": "3 2" }),
};

function cross({ x, y }: Point, dashes: { readonly "stroke-dasharray"?: string }): string {
  const reach = RADIUS + 1;
  return element("path", {
    d: `M${x - reach} ${y - reach}L${x + reach} ${y + reach}M${x - reach} ${y + reach}L${x + reach} ${y - reach}`,
    stroke: DEAD_RED,
    "stroke-width": 2.6,
    ...dashes,
  });
}

const MEANINGS: Readonly<Record<NeuronMark, string>> = {
  alive: "alive",
  constant: "behind a dead layer, so the same for every sample",
  dead: "dead",
  "dead on samples": "dead on the samples, not on the whole domain",
};

/** SVG elements, from (0, 0). */
export interface NeuronLegend {
  readonly height: number;
  readonly content: readonly string[];
}

/**
 * The marks of neurons and what they mean, in a line.
 *
 * @param behind whether those that are constant are known by the dead layer before them
 */
export function neuronLegend(
  states: ReadonlySet<NeuronMark>,
  textWidth: TextWidth,
  behind: boolean,
): NeuronLegend {
  const content: string[] = [];
  const middle = RADIUS + 2;
  let x = middle;
  for (const state of Object.keys(MARKS) as NeuronMark[]) {
    if (!states.has(state)) continue;
    const text = state === "constant" && !behind ? "the same for every sample" : MEANINGS[state];
    content.push(
      neuronMark({ x, y: middle }, state),
      textAt(x + 2 * RADIUS, middle + 4, text, { "font-size": SMALL_SIZE }),
    );
    x += 2 * RADIUS + textWidth(text, SMALL_SIZE) + LEGEND_GAP;
  }
  return { height: 2 * middle, content };
}
