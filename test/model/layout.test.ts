import { describe, expect, it } from "vitest";
import { firstLayerRead, parameterCounts, parameterLayout } from "#lrn/model/layout.js";
import { CONNECTIONS, TARGET_FUNCTIONS, THESIS_DATASET } from "#lrn/model/trial.js";
import { ACTIVATION_VALUES } from "../engines/values.js";
import { pytorch } from "../fixtures/pytorch/fixtures.js";

describe("the layout", () => {
  it.each(pytorch.parameterCounts)(
    "of $depth × $width, $connection, has PyTorch's $count parameters",
    ({ count, ...network }) => {
      expect(parameterLayout(network).count).toBe(count);
      const { weights, biases } = parameterCounts(network);
      expect(weights + biases).toBe(count);
    },
  );

  it("puts each layer's weights before its biases, layer after layer, the output neuron last", () => {
    expect(parameterLayout({ depth: 3, width: 2, connection: "late-residual" })).toEqual({
      hidden: [
        { inputs: 1, outputs: 2, weights: 0, biases: 2 },
        { inputs: 2, outputs: 2, weights: 4, biases: 8 },
        { inputs: 2, outputs: 2, weights: 10, biases: 14 },
      ],
      output: { inputs: 6, outputs: 1, weights: 16, biases: 22 },
      count: 23,
    });
  });

  it("gives the plain network the same hidden layers and a smaller output neuron", () => {
    const plain = parameterLayout({ depth: 3, width: 2, connection: "plain" });
    const late = parameterLayout({ depth: 3, width: 2, connection: "late-residual" });
    expect(plain.hidden).toEqual(late.hidden);
    expect(plain.output).toEqual({ inputs: 2, outputs: 1, weights: 16, biases: 18 });
  });
});

describe("a residual layer", () => {
  it("has a plain layer's parameters", () => {
    const shape = { depth: 4, width: 3 };
    expect(parameterLayout({ ...shape, connection: "residual" })).toEqual(
      parameterLayout({ ...shape, connection: "plain" }),
    );
  });
});

it("gives a dense layer weights for the input and for all layers below", () => {
  const { hidden, output, count } = parameterLayout({
    depth: 3,
    width: 2,
    connection: "dense",
    dataset: { ...THESIS_DATASET, function: "abs-sum-difference" },
  });
  expect(hidden.map(({ inputs }) => inputs)).toEqual([2, 4, 6]);
  expect(output).toEqual({ inputs: 8, outputs: 2, weights: 30, biases: 46 });
  expect(count).toBe(48);
});

it("has PReLU's slope of each layer behind its biases", () => {
  const network = { depth: 2, width: 3, connection: "plain" } as const;
  const layout = parameterLayout({ ...network, activation: { name: "prelu", slope: 0.25 } });
  expect(layout.hidden.map(({ biases, slope }) => [biases, slope])).toEqual([
    [3, 6],
    [16, 19],
  ]);
  expect(layout.count).toBe(parameterLayout(network).count + 2);
});

it.each(CONNECTIONS)("counts %s networks' parameters without laying them out", (connection) => {
  for (const activation of ACTIVATION_VALUES) {
    for (const name of TARGET_FUNCTIONS) {
      const dataset = { ...THESIS_DATASET, function: name };
      const network = { depth: 5, width: 3, connection, activation, dataset };
      const { weights, biases, slopes } = parameterCounts(network);
      expect(weights + biases + slopes).toBe(parameterLayout(network).count);
    }
  }
});

it("lets a plain output neuron read the last hidden layer, a late-residual one all of them", () => {
  expect(firstLayerRead({ depth: 5, connection: "plain" })).toBe(4);
  expect(firstLayerRead({ depth: 5, connection: "late-residual" })).toBe(0);
});
