import { describe, expect, it } from "vitest";
import { parameterLayout } from "#lrn/model/layout.js";
import { type Network, THESIS_DATASET } from "#lrn/model/trial.js";
import { networkDiagram } from "#lrn/output/pictures/network-diagram.js";

/** What is drawn, told apart as a reader does: grey lines, coloured ones, circles and Xs. */
function drawn(network: Network, dead?: boolean[][]) {
  const { content, width, height } = networkDiagram({ network, ...(dead && { dead }) });
  const svg = content.join("\n");
  const elements = svg.match(/<(line|path|circle|text)[^>]*>/g) ?? [];
  const strokeOf = (element: string) => /stroke="(#\w+)"/.exec(element)?.[1];
  const hidden = elements.filter((element) => strokeOf(element) === "#a8a8a8");
  const crosses = elements.filter((element) => strokeOf(element) === "#c00000");
  const circles = elements.filter((element) => element.startsWith("<circle"));
  const bars = elements.filter(
    (element) =>
      strokeOf(element) === "#222222" && /^<path/.test(element) && !/dasharray|fill/.test(element),
  );
  const marks = [...hidden, ...crosses, ...bars];
  const output = elements.filter(
    (element) => /^<(line|path)/.test(element) && !marks.includes(element),
  );
  const looks = output.map(
    (element) => `${strokeOf(element)} ${/dasharray="([^"]*)"/.exec(element)?.[1] ?? ""}`,
  );
  return { hidden, crosses, bars, circles, output, looks, width, height };
}

const network = (depth: number, width: number, connection: Network["connection"]): Network => ({
  depth,
  width,
  connection,
});

describe("a network's drawing", () => {
  it.each([
    network(1, 1, "plain"),
    network(5, 4, "plain"),
    network(5, 4, "late-residual"),
    network(30, 2, "late-residual"),
  ])("has a connection for each weight and a circle for each neuron: %j", (described) => {
    const { hidden, output, circles } = drawn(described);
    const layout = parameterLayout(described);
    const weights = layout.hidden.reduce((sum, layer) => sum + layer.inputs * layer.outputs, 0);
    expect(hidden).toHaveLength(weights);
    expect(output).toHaveLength(layout.output.inputs);
    expect(circles).toHaveLength(described.depth * described.width + 2);
  });

  it("has a circle for each of several inputs and outputs, and a connection for each weight", () => {
    const dataset = { ...THESIS_DATASET, function: "abs-sum-difference" } as const;
    for (const connection of ["plain", "late-residual"] as const) {
      const described = { ...network(3, 3, connection), dataset };
      const { hidden, output, circles } = drawn(described);
      const layout = parameterLayout(described);
      expect(hidden).toHaveLength(2 * 3 + 2 * 3 * 3);
      expect(output).toHaveLength(layout.output.inputs * 2);
      expect(circles).toHaveLength(2 + 3 * 3 + 2);
    }
  });

  it("has an arc past each layer that a residual network's sums are made around, also past a dead one", () => {
    const sums = (dead?: boolean[][]) =>
      drawn(network(4, 3, "residual"), dead).looks.filter((look) => look === "#0072b2 4 2");
    expect(sums()).toHaveLength(3 * 3);
    const dead = [false, false, false, true].map((is) => [is, is, is]);
    expect(sums(dead)).toHaveLength(3 * 3);
    // The sum is read, though the last layer adds nothing to it.
    expect(drawn(network(4, 3, "residual"), dead).output).toHaveLength(3 * 3 + 3);
  });

  it("gives each hidden layer's output connections a look of their own", () => {
    const { looks } = drawn(network(30, 2, "late-residual"));
    expect(new Set(looks).size).toBe(30);
    expect(looks).toEqual(looks.map((_, i) => looks[i - (i % 2)]));
  });

  it("crosses out the dead neurons and no other", () => {
    const dead = [
      [false, true],
      [true, true],
      [false, false],
    ];
    expect(drawn(network(3, 2, "late-residual"), dead).crosses).toHaveLength(3);
    expect(drawn(network(3, 2, "late-residual")).crosses).toHaveLength(0);
  });

  it("bars the neurons behind a dead layer that are not dead, and no other", () => {
    const dead = [
      [false, true],
      [true, true],
      [false, false],
    ];
    for (const connection of ["plain", "late-residual"] as const) {
      const { bars } = drawn(network(3, 2, connection), dead);
      expect(bars).toHaveLength(2);
      // Both in the third hidden layer's column.
      const { circles } = drawn(network(3, 2, connection), dead);
      const columns = circles.map((circle) => Number(/cx="([\d.]+)"/.exec(circle)![1]));
      for (const bar of bars) {
        const [, from, to] = /M([\d.]+) [\d.]+L([\d.]+)/.exec(bar)!.map(Number);
        expect((from + to) / 2).toBe(columns[4]);
      }
    }
    expect(drawn(network(3, 2, "plain"), [dead[0], dead[2], dead[0]]).bars).toHaveLength(0);
  });

  it("draws no output connection from a dead layer", () => {
    const dead = [
      [false, true],
      [true, true],
      [false, false],
    ];
    const { looks } = drawn(network(3, 2, "late-residual"), dead);
    expect(looks).toHaveLength(4);
    const cut = [...dead.slice(0, 2), [true, true]];
    expect(drawn(network(3, 2, "plain"), cut).output).toHaveLength(0);
  });

  it("stays within its own size", () => {
    for (const described of [network(2, 2, "late-residual"), network(30, 4, "late-residual")]) {
      const { circles, width, height } = drawn(described);
      for (const circle of circles) {
        const [, x, y, r] = /cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/.exec(circle)!.map(Number);
        expect(x + r).toBeLessThanOrEqual(width);
        expect(y + r).toBeLessThanOrEqual(height);
        expect(Math.min(x, y) - r).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
