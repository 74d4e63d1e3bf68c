import { expect, it } from "vitest";
import { activationFunction } from "#lrn/engines/reference/activation-functions.js";
import { forward, makeWorkspace } from "#lrn/engines/reference/network.js";
import { float32 } from "#lrn/engines/reference/precision.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { HiddenPass } from "#lrn/model/hidden-pass.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { type Activation, CONNECTIONS, type DatasetSpec, nameOf } from "#lrn/model/trial.js";

const DATASETS: readonly DatasetSpec[] = [
  { function: "abs", samples: 7, generator: "numpy", seed: 42 },
  { function: "abs-sum-difference", samples: 7, generator: "numpy", seed: 42 },
];
const ACTIVATIONS: readonly Activation[] = ["relu", { name: "elu", alpha: 1 }, "silu"];
const CASES = CONNECTIONS.flatMap((connection) =>
  ACTIVATIONS.flatMap((activation) =>
    DATASETS.map((dataset) => ({ connection, activation, dataset, name: nameOf(activation) })),
  ),
);

it.each(CASES)(
  "is the engine's to the bit, $connection, $name, $dataset.function",
  ({ connection, activation, dataset }) => {
    const network = { depth: 5, width: 2, connection, activation, dataset };
    const { samples, inputs } = makeDataset(dataset);
    const { value } = activationFunction(activation, float32, () => 0);
    const pass = new HiddenPass(network, { samples, inputs }, value);
    const space = makeWorkspace(float32, network);
    for (let seed = 0; seed < 20; seed++) {
      const parameters = initialParameters(network, seed);
      const rows = Array.from({ length: samples }, (_, s) => {
        const ins = inputs.length / samples;
        forward(float32, space, parameters, inputs.subarray(s * ins, (s + 1) * ins));
        return space.layers.map((h) => [...h]);
      });
      for (let l = 0; l < network.depth; l++) {
        const values = pass.weigh(l, parameters);
        const dead = pass.activate(l);
        const expected = rows.map((layers) => layers[l]);
        expect(dead).toEqual([0, 1].map((j) => expected.every((h) => h[j] === 0)));
        // Behind a dead layer all samples may be the same, and one stands for them.
        const shown = expected.slice(0, values.length / network.width);
        expect([...values]).toEqual(shown.flat());
        if (shown.length === 1) expect(new Set(expected.map(String)).size).toBe(1);
      }
    }
  },
);
