import { describe, expect, it } from "vitest";
import { networkDrawing } from "#lrn/output/tables/trial-view.js";

describe("the network drawing", () => {
  const mask = [
    [false, true],
    [true, true],
    [false, false],
  ];
  const dead = { mask, neurons: 3, layers: 1 };
  const drawn = (connection: "plain" | "late-residual") =>
    networkDrawing({ depth: 3, width: 2, connection }, dead).split("\n").slice(0, 4);

  it("marks dead neurons, dead layers and what the output neuron reads", () => {
    expect(drawn("late-residual")).toEqual([
      "layer         1   2   3",
      "neuron 1      ●   ✕   ○",
      "neuron 2      ✕   ✕   ○",
      "output        ↓   ✕   ↓",
    ]);
    expect(drawn("plain")[3]).toBe("output            ✕   ↓");
  });

  it("explains the symbols that it has, in 80 columns", () => {
    const network = { depth: 3, width: 2, connection: "plain" } as const;
    const alive = { mask: [mask[0], mask[2], mask[0]], neurons: 2, layers: 0 };
    expect(networkDrawing(network, alive)).not.toContain("○");
    const lines = networkDrawing(network, dead).split("\n");
    expect(lines.at(-2)).toContain(
      "● alive  ○ behind a dead layer, so the same for every sample  ✕ dead",
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([60, 80, 120])("goes on below where %i columns are over", (columns) => {
    const deep = { mask: Array.from({ length: 60 }, () => [false, true]), neurons: 60, layers: 0 };
    const network = { depth: 60, width: 2, connection: "plain" } as const;
    const lines = networkDrawing(network, deep, undefined, columns).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join(" ").match(/●/g)).toHaveLength(60 + 1); // the key has one too
  });
});
