import { describe, expect, it } from "vitest";
import { lossChart, networkDrawing } from "#lrn/output/tables/trial-view.js";

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
    expect(lines.at(-2)).toBe(
      "● alive  ○ behind a dead layer, so the same for every sample  ✕ dead",
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe("the loss chart", () => {
  it("falls from the first epochs' RMSE, with the epochs below", () => {
    const chart = lossChart(Float64Array.from({ length: 3000 }, (_, e) => 0.3 / (1 + e / 50)));
    expect(chart).toMatchSnapshot();
  });

  it("leaves out what overflowed", () => {
    const rmse = Float64Array.of(0.2, 0.4, Number.POSITIVE_INFINITY, Number.NaN);
    expect(lossChart(rmse)).not.toMatch(/NaN|Infinity/);
    expect(lossChart(rmse.subarray(2))).toBe(
      "RMSE per epoch: needs two epochs without overflow to be drawn",
    );
  });
});
