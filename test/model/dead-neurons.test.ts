import { describe, expect, it } from "vitest";
import { findDeadNeurons } from "#lrn/model/dead-neurons.js";

/** Post-ReLU outputs from rows of [width] numbers: samples within layers. */
function activations(...layers: number[][][]): Float32Array {
  return Float32Array.from(layers.flat(2));
}

describe("dead neurons", () => {
  it("are those whose output is 0 for every sample", () => {
    const outputs = activations(
      [
        [0, 1, 0],
        [0, 0, 2],
      ],
      [
        [0, 3, 0],
        [0, 4, 0],
      ],
    );
    expect(findDeadNeurons({ depth: 2, width: 3 }, outputs)).toEqual({
      mask: [
        [true, false, false],
        [true, false, true],
      ],
      neurons: 3,
      layers: 0,
    });
  });

  it("make a dead layer where nothing else is in it", () => {
    const dead = [
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    const halfDead = [
      [0, 0],
      [0, 0],
      [0, 1e-45],
    ];
    const found = findDeadNeurons({ depth: 4, width: 2 }, activations(dead, halfDead, dead, dead));
    expect(found.mask).toEqual([
      [true, true],
      [true, false],
      [true, true],
      [true, true],
    ]);
    expect([found.neurons, found.layers]).toEqual([7, 3]);
  });

  it("are found with one sample and one neuron", () => {
    expect(findDeadNeurons({ depth: 1, width: 1 }, activations([[0]])).layers).toBe(1);
    expect(findDeadNeurons({ depth: 1, width: 1 }, activations([[5]])).layers).toBe(0);
  });

  it("may put out -0, but not NaN", () => {
    const outputs = activations([
      [-0, 0],
      [0, Number.NaN],
    ]);
    expect(findDeadNeurons({ depth: 1, width: 2 }, outputs).mask).toEqual([[true, false]]);
  });
});
