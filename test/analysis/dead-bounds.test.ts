/** The formulas, against networks that are drawn here and against worked numbers. */
import { describe, expect, it } from "vitest";
import {
  bothSignsLeast,
  bothSignsMost,
  normalNeuronDead,
  oneInputChance,
  uniformNeuronDead,
} from "#lrn/analysis/dead-bounds.js";
import { normal } from "#lrn/model/normal.js";
import { namedStream, type Stream } from "#lrn/model/random.js";

const stream = namedStream(1, "bounds");
const uniform: Stream = () => 2 * stream() - 1;
const gaussian: Stream = () => normal(stream);

/**
 * The share of drawn networks without biases of which some layer puts out 0 for each of these inputs. It is
 * a program of its own, for the formulas to be held to.
 */
function bornDead(width: number, depth: number, inputs: readonly number[], weight: Stream) {
  const networks = 2000;
  let born = 0;
  for (let network = 0; network < networks; network++) {
    let values = inputs.map((x) => [x]);
    for (let layer = 0; layer < depth; layer++) {
      const rows = Array.from({ length: width }, () => values[0].map(weight));
      values = values.map((h) =>
        rows.map((row) =>
          Math.max(
            0,
            row.reduce((sum, w, i) => sum + w * h[i], 0),
          ),
        ),
      );
    }
    // Without biases a dead layer leaves nothing above it alive.
    if (values.every((h) => h.every((value) => value === 0))) born++;
  }
  const rate = born / networks;
  return { rate, error: 3 * Math.sqrt((rate * (1 - rate)) / networks) + 0.001 };
}

const SHAPES = [1, 2, 3].flatMap((width) => [1, 2, 5].map((depth) => ({ width, depth })));

describe.each([
  ["uniform", uniform],
  ["normal", gaussian],
])("%s weights, biases of 0", (_, weight) => {
  it.each(SHAPES)("one input, width $width, depth $depth: exactly", ({ width, depth }) => {
    const { rate, error } = bornDead(width, depth, [0.7], weight);
    expect(Math.abs(rate - oneInputChance(width, depth))).toBeLessThan(error);
  });

  it.each(SHAPES)("both signs, width $width, depth $depth: between", ({ width, depth }) => {
    const { rate, error } = bornDead(width, depth, [-1, 0.5], weight);
    expect(rate).toBeGreaterThan(bothSignsLeast(width, depth) - error);
    expect(rate).toBeLessThan(bothSignsMost(width, depth) + error);
    if (width === 1) expect(Math.abs(rate - (1 - 2 ** -(depth - 1)))).toBeLessThan(error);
  });
});

it("are in order, and worth something: .870, .900 and .925 for nine layers of two", () => {
  expect(bothSignsLeast(2, 9)).toBeCloseTo(0.87, 3);
  expect(bothSignsMost(2, 9)).toBeCloseTo(0.9, 3);
  expect(oneInputChance(2, 9)).toBeCloseTo(0.925, 3);
  for (const width of [1, 2, 5, 30]) {
    for (const depth of [1, 2, 30, 1000]) {
      const [least, most, any] = [bothSignsLeast, bothSignsMost, oneInputChance].map((bound) =>
        bound(width, depth),
      );
      expect(least).toBeGreaterThanOrEqual(0);
      expect(most).toBeGreaterThanOrEqual(least);
      expect(any).toBeGreaterThanOrEqual(most);
      expect(any).toBeLessThanOrEqual(1);
    }
  }
});

it("keep their digits where they are small", () => {
  expect(oneInputChance(60, 10)).toBeCloseTo(10 * 2 ** -60, 30);
  expect(bothSignsLeast(60, 10)).toBeGreaterThan(0);
});

// A weighted sum is at most 0 on all of [-r, r] where it is so at both ends.
it.each<[string, Stream, (reach: number) => number]>([
  ["normal", gaussian, normalNeuronDead],
  ["uniform", uniform, uniformNeuronDead],
])(
  "a neuron of the first layer is dead on [-r, r] as often as it is said, %s",
  (_, draw, chance) => {
    for (const reach of [0.2, 1, 1.7, 5]) {
      const neurons = 20_000;
      let dead = 0;
      for (let i = 0; i < neurons; i++) {
        const [w, b] = [draw(), draw()];
        if (w * reach + b <= 0 && b - w * reach <= 0) dead++;
      }
      const expected = chance(reach);
      const error = 3 * Math.sqrt((expected * (1 - expected)) / neurons);
      expect(Math.abs(dead / neurons - expected), String(reach)).toBeLessThan(error);
    }
  },
);
