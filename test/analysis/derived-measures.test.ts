import { describe, expect, it } from "vitest";
import { laterNumbersOf, MEASURES, measured, shareOf, wholeOf } from "#lrn/analysis/measures.js";
import type { Outcome } from "#lrn/model/outcome.js";

const OUTCOME: Outcome = {
  ...{ state: "trained", finalRmse: 0.05, firstLayerRmse: 0.06 },
  ...{ deadNeurons: 9, deadNeuronsBorn: 8, deadNeuronsRevived: 3 },
  ...{ deadLayers: 2, deadLayersBorn: 2, deadLayersRevived: 1 },
};
const of = (name: string, outcome: Outcome = OUTCOME, threshold = 0.07) =>
  measured(MEASURES.get(name)!, outcome, { threshold, among: "trained" });

describe("what follows from what is kept", () => {
  it("died: dead at the end, and not born so or revived between", () => {
    // Of 8 born dead 5 are so still; 9 are dead.
    expect(of("dead-neurons-died")).toBe(4);
    expect(of("dead-layers-died")).toBe(1);
  });

  it("whether the first layer alone would be under the threshold", () => {
    expect(of("first-layer-suffices")).toBe(1);
    expect(of("first-layer-suffices", OUTCOME, 0.055)).toBe(0);
  });

  it("is unknown of trials that lack what it follows from, and of what diverged", () => {
    const bare: Outcome = { state: "trained", finalRmse: 0.05, deadNeurons: 9, deadLayers: 2 };
    for (const name of ["dead-neurons-died", "dead-layers-died", "first-layer-suffices"]) {
      expect(of(name, bare)).toBe("unknown");
      expect(of(name, { state: "diverged" })).toBe("diverged");
    }
  });

  it("says which numbers must be read for it", () => {
    expect(laterNumbersOf([MEASURES.get("dead-neurons-died")!])).toEqual([
      "deadNeuronsBorn",
      "deadNeuronsRevived",
    ]);
    expect(laterNumbersOf([MEASURES.get("first-layer-suffices")!])).toEqual(["firstLayerRmse"]);
  });

  it("a share is of all neurons, or of all layers", () => {
    const network = { depth: 10, width: 2 };
    expect(wholeOf(MEASURES.get("dead-neurons-died")!, network)).toBe(20);
    expect(wholeOf(MEASURES.get("no-gradient-layers-born")!, network)).toBe(10);
    expect(wholeOf(MEASURES.get("first-layer-rmse")!, network)).toBe(1);
    expect(wholeOf(MEASURES.get("epochs-to-converge")!, network)).toBe(1);
    expect(shareOf(MEASURES.get("dead-layers")!).label).toBe(
      "dead layers as a share of all layers",
    );
  });
});
