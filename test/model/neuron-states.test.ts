import { expect, it } from "vitest";
import { forward, makeWorkspace } from "#lrn/engines/reference/network.js";
import { float32 } from "#lrn/engines/reference/precision.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { neuronStates } from "#lrn/model/neuron-states.js";

it("tells apart what is dead, what is behind a dead layer, and what is alive", () => {
  const dead = [
    [false, true],
    [true, true],
    [false, true],
    [true, true],
    [false, false],
  ];
  expect(neuronStates(dead)).toEqual([
    ["alive", "dead"],
    ["dead", "dead"],
    ["constant", "dead"],
    ["dead", "dead"],
    ["constant", "constant"],
  ]);
  expect(neuronStates([[false, true]])).toEqual([["alive", "dead"]]);
  expect(neuronStates([])).toEqual([]);
});

it.each(["plain", "late-residual"] as const)(
  "calls those constant whose output is the same for all inputs (%s)",
  (connection) => {
    const network = { depth: 8, width: 2, connection };
    const inputs = [-1.7, -0.9, -0.2, 0, 0.3, 1.1, 1.6];
    let constants = 0;
    for (let seed = 0; seed < 60; seed++) {
      const space = makeWorkspace(float32, network);
      const parameters = initialParameters(network, seed);
      const outputs = inputs.map((input) => {
        forward(float32, space, parameters, Float32Array.of(input));
        return space.layers.flatMap((h) => [...h]);
      });
      const ofNeuron = (i: number) => new Set(outputs.map((h) => h[i]));
      const mask = space.layers.map((_, l) =>
        [0, 1].map((neuron) => {
          const values = ofNeuron(2 * l + neuron);
          return values.size === 1 && values.has(0);
        }),
      );
      neuronStates(mask)
        .flat()
        .forEach((state, i) => {
          if (state !== "constant") return;
          constants++;
          expect(ofNeuron(i).size).toBe(1);
        });
    }
    expect(constants).toBeGreaterThan(50);
  },
);
