import { describe, expect, it } from "vitest";
import { backward, forward, makeWorkspace } from "#lrn/engines/reference/network.js";
import { float32 } from "#lrn/engines/reference/precision.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { deadCounts } from "#lrn/model/dead-counts.js";
import { countDead, deadMasks } from "#lrn/model/dead-neurons.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { parameterLayout } from "#lrn/model/layout.js";
import { type Activation, CONNECTIONS, type Network, THESIS_DATASET } from "#lrn/model/trial.js";
import { ACTIVATION_VALUES } from "../engines/values.js";

const DATASET = { ...THESIS_DATASET, function: "abs-sum-difference", samples: 9 } as const;

/** f(z) for all samples, and on which samples an output's gradient reaches a neuron's bias, by the reference's backward pass. */
function passes(network: Network, parameters: Float32Array) {
  const { inputs, samples } = makeDataset(network.dataset!);
  const { depth, width } = network;
  const space = makeWorkspace(float32, network);
  const { hidden, count } = parameterLayout(network);
  const activations = new Float32Array(depth * samples * width);
  const reached = hidden.map(() => new Array<boolean>(width).fill(false));
  for (let s = 0; s < samples; s++) {
    forward(float32, space, parameters, inputs.subarray(2 * s, 2 * s + 2));
    space.layers.forEach((h, l) => {
      activations.set(h, (l * samples + s) * width);
    });
    for (const dy of [Float32Array.of(1, 0), Float32Array.of(0, 1)]) {
      const gradients = new Float32Array(count);
      backward(float32, space, parameters, dy, gradients);
      hidden.forEach(({ biases }, l) => {
        for (let j = 0; j < width; j++) if (gradients[biases + j] !== 0) reached[l][j] = true;
      });
    }
  }
  return { activations, reached };
}

describe.each(CONNECTIONS.filter((name) => name !== "late-residual-frozen"))("%s", (connection) => {
  it.each(ACTIVATION_VALUES.map((activation) => [activation] as const))(
    "is without gradient where the reference's backward pass brings none (%s)",
    (activation) => {
      let without = 0;
      let withGradient = 0;
      for (let seed = 0; seed < 40; seed++) {
        const network = { depth: 6, width: 2, connection, activation, dataset: DATASET };
        const parameters = initialParameters(network, seed);
        const { activations, reached } = passes(network, parameters);
        const { noGradient } = deadMasks(network, parameters, activations);
        expect(noGradient).toEqual(reached.map((layer) => layer.map((reached) => !reached)));
        const { neurons } = countDead(noGradient);
        without += neurons;
        withGradient += 12 - neurons;
      }
      expect(withGradient).toBeGreaterThan(0);
      if (activation === "relu") expect(without).toBeGreaterThan(40);
    },
  );
});

describe("of an activation that puts out no 0", () => {
  it.each<[Activation, number]>([
    [{ name: "elu", alpha: 1 }, -40],
    ["gelu", -40],
    ["silu", -200],
  ])("%s, a neuron far below 0 has no gradient", (activation, bias) => {
    const network: Network = {
      depth: 1,
      width: 2,
      connection: "plain",
      activation,
      dataset: DATASET,
    };
    const parameters = initialParameters(network, 1);
    parameters[parameterLayout(network).hidden[0].biases] = bias;
    const { activations, reached } = passes(network, parameters);
    expect(reached).toEqual([[false, true]]);
    expect(deadMasks(network, parameters, activations).noGradient).toEqual([[true, false]]);
  });
});

describe("a training's counts", () => {
  const network: Network = { depth: 3, width: 2, connection: "plain" };
  const parameters = new Float32Array(parameterLayout(network).count).fill(1);
  /** [depth, samples, width] of two samples */
  const outputs = (...layers: [number, number, number, number][]) =>
    Float32Array.from(layers.flat());
  const counts = deadCounts(network, {
    initial: parameters,
    parameters,
    atStart: {
      predictions: Float32Array.of(2, 2),
      activations: outputs([0, 0, 0, 0], [3, 0, 3, 0], [1, 2, 1, 3]),
    },
    predictions: Float32Array.of(2, 2.5),
    activations: outputs([1, 0, 1, 0], [3, 0, 4, 0], [0, 0, 0, 0]),
  });

  it("tell what was born dead, died and revived", () => {
    // Born dead: both of layer 1, one of layer 2. One of layer 1 revived; both of layer 3 died.
    expect(counts).toMatchObject({
      deadNeuronsBorn: 3,
      deadNeuronsRevived: 1,
      deadLayersBorn: 1,
      deadLayersRevived: 1,
    });
  });

  it("have neurons whose outputs are all the same number, 0 or another", () => {
    expect(counts).toMatchObject({
      constantNeuronsBorn: 5,
      constantNeurons: 5,
      constantNeuronsRevived: 1,
      constantLayersBorn: 2,
      constantLayers: 2,
      constantLayersRevived: 1,
    });
  });

  it("have neurons that no gradient reaches, which a dead layer above keeps it from", () => {
    expect(counts).toMatchObject({
      noGradientNeuronsBorn: 3,
      noGradientNeurons: 6,
      noGradientNeuronsRevived: 0,
      noGradientLayersBorn: 1,
      noGradientLayers: 3,
      noGradientLayersRevived: 0,
    });
  });

  it("say whether the network puts out the same for every sample", () => {
    expect(counts).toMatchObject({ collapsedBorn: 1, collapsed: 0 });
  });

  it("compare each of several outputs with itself", () => {
    const two = { ...network, dataset: DATASET };
    const of = (predictions: Float32Array) =>
      deadCounts(two, {
        initial: parameters,
        parameters,
        atStart: { predictions: Float32Array.of(1, 2, 1, 2), activations: new Float32Array(12) },
        predictions,
        activations: new Float32Array(12),
      });
    expect(of(Float32Array.of(1, 2, 1, 2))).toMatchObject({ collapsed: 1, collapsedBorn: 1 });
    expect(of(Float32Array.of(1, 1, 1, 2))).toMatchObject({ collapsed: 0 });
  });
});
