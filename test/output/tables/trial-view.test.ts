import { describe, expect, it } from "vitest";
import { neuronStates } from "#lrn/model/neuron-states.js";
import { networkDrawing, predictionTable } from "#lrn/output/tables/trial-view.js";

describe("the network drawing", () => {
  const mask = [
    [false, true],
    [true, true],
    [false, false],
  ];
  const states = neuronStates(mask);
  const drawn = (connection: "plain" | "late-residual") =>
    networkDrawing({ depth: 3, width: 2, connection }, states).split("\n").slice(0, 4);

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
    const alive = neuronStates([mask[0], mask[2], mask[0]]);
    expect(networkDrawing(network, alive)).not.toContain("○");
    const lines = networkDrawing(network, states).split("\n");
    expect(lines.at(-2)).toContain("● alive  ○ the same for every sample  ✕ dead");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([60, 80, 120])("goes on below where %i columns are over", (columns) => {
    const deep = neuronStates(Array.from({ length: 60 }, () => [false, true]));
    const network = { depth: 60, width: 2, connection: "plain" } as const;
    const lines = networkDrawing(network, deep, undefined, columns).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join(" ").match(/●/g)).toHaveLength(60 + 1); // the key has one too
  });
});

describe("the predictions' table", () => {
  const points = { samples: 2, inputs: new Float32Array(4) };

  it("has a row per sample, and of one output the errors", () => {
    const one = { ...points, x: Float64Array.of(-0.5, 1), t: Float64Array.of(0.5, 1) };
    const lines = predictionTable(one, Float64Array.of(0.25, 1)).split("\n");
    expect(lines[1]).toMatch(/Sample │ +x │ Target │ Prediction │ +Error/);
    expect(lines[3]).toMatch(/0 │ -0.5000 │ 0.5000 │ +0.2500 │ -0.2500/);
    expect(lines).toHaveLength(6);
  });

  it("has a column per input and output, in 80 columns", () => {
    const two = {
      ...points,
      x: Float64Array.of(-0.5, 1, 0.25, 0),
      t: Float64Array.of(0.5, -1.5, 0.25, 0.25),
    };
    const lines = predictionTable(two, Float64Array.of(1, 2, 3, 4)).split("\n");
    expect(lines[1]).toMatch(/x1 │ +x2 │ Target1 │ Output1 │ Target2 │ Output2/);
    expect(lines[3]).toMatch(/0 │ -0.5000 │ 1.0000 │ +0.5000 │ +1.0000 │ -1.5000 │ +2.0000/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("shows forty samples, and says how many more there are", () => {
    const x = new Float64Array(3000);
    const many = { samples: 3000, x, t: x, inputs: new Float32Array(3000) };
    const lines = predictionTable(many, x).split("\n");
    expect(lines).toHaveLength(4 + 40 + 1);
    expect(lines.at(-1)).toBe("… and 2,960 samples more");
  });
});
