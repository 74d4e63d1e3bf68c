import { describe, expect, it } from "vitest";
import { firstLayerRead, parameterCounts, parameterLayout } from "#lrn/model/layout.js";
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

it("lets a plain output neuron read the last hidden layer, a late-residual one all of them", () => {
  expect(firstLayerRead({ depth: 5, width: 2, connection: "plain" })).toBe(4);
  expect(firstLayerRead({ depth: 5, width: 2, connection: "late-residual" })).toBe(0);
});
