/**
 * The reference engine's gradients against central differences, in float64.
 *
 * With the others held, the loss is quadratic in any one parameter as long as no ReLU switches, and
 * a central difference of a quadratic is its derivative exactly: what is left is rounding.
 */

import { describe, expect, it } from "vitest";
import { lossAndGradients } from "#lrn/engines/reference/loss.js";
import { forward, makeWorkspace, type Workspace } from "#lrn/engines/reference/network.js";
import { float64 } from "#lrn/engines/reference/precision.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { initialParameters } from "#lrn/model/initialization.js";
import type { Network } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";

const STEP = 1e-4;
const dataset = makeDataset(THESIS_DATASET);

/** Seeds whose networks are alive and stay clear of every kink; the test asserts both. */
const NETWORKS: (Network & { seed: number })[] = [
  { depth: 1, width: 1, connection: "plain", seed: 1 },
  { depth: 2, width: 2, connection: "plain", seed: 0 },
  { depth: 3, width: 5, connection: "plain", seed: 0 },
  { depth: 6, width: 8, connection: "plain", seed: 6 },
  { depth: 1, width: 3, connection: "late-residual", seed: 1 },
  { depth: 2, width: 2, connection: "late-residual", seed: 0 },
  { depth: 5, width: 4, connection: "late-residual", seed: 2 },
  { depth: 10, width: 3, connection: "late-residual", seed: 1 },
];

const SEEN = [
  ["sample 0", [0, 1]],
  ["sample 13", [13, 14]],
  ["samples 5 to 11", [5, 12]],
  ["all samples", [0, 20]],
] as const;

/** Which neurons are active, sample by sample: a 1 for each. */
function activity(space: Workspace, parameters: Float64Array): string {
  const samples = Array.from(dataset.inputs, (x) => {
    forward(float64, space, parameters, x);
    return Array.from(space.h, (h) => (h > 0 ? 1 : 0)).join("");
  });
  return samples.join(" ");
}

function moved(parameters: Float64Array, index: number, by: number): Float64Array {
  const copy = parameters.slice();
  copy[index] += by;
  return copy;
}

for (const network of NETWORKS) {
  const { depth, width, connection, seed } = network;
  describe(`the gradients of a ${connection} network, ${depth} × ${width}`, () => {
    const parameters = Float64Array.from(initialParameters(network, seed));
    const space = makeWorkspace(float64, network);

    // A pre-activation is linear in one parameter as long as those below it switch nowhere, so
    // where both ends of a step show the same activity, layer after layer has no kink between them.
    it("are taken where no ReLU switches", () => {
      const here = activity(space, parameters);
      for (let i = 0; i < parameters.length; i++) {
        expect(activity(space, moved(parameters, i, -STEP))).toBe(here);
        expect(activity(space, moved(parameters, i, STEP))).toBe(here);
      }
    });

    it.each(SEEN)("are the differences of the loss of %s", (_, seen) => {
      const gradients = float64.zeros(parameters.length);
      const scratch = float64.zeros(parameters.length);
      const loss = (at: Float64Array) =>
        lossAndGradients(float64, space, at, dataset, seen, scratch);
      lossAndGradients(float64, space, parameters, dataset, seen, gradients);
      const errors = parameters.map((_, i) => {
        const above = loss(moved(parameters, i, STEP));
        const below = loss(moved(parameters, i, -STEP));
        return Math.abs((above - below) / (2 * STEP) - gradients[i]);
      });
      expect(Math.max(...errors)).toBeLessThanOrEqual(2e-11);
    });

    it("are not all 0", () => {
      const gradients = float64.zeros(parameters.length);
      lossAndGradients(float64, space, parameters, dataset, [0, 20], gradients);
      const alive = gradients.filter((gradient) => Math.abs(gradient) > 1e-6);
      expect(alive.length).toBeGreaterThan(parameters.length / 2);
    });
  });
}
