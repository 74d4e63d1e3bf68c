import { describe, expect, it } from "vitest";
import { PLAIN } from "#lrn/output/palette.js";
import { againFields, againText, shownAgain } from "#lrn/runs/shown-again.js";
import type { Outcome } from "#lrn/model/outcome.js";
import { unbroken } from "../cli/lrn.js";

const KEY = "a".repeat(64);
const trained = (finalRmse: number, deadNeurons = 3): Outcome => ({
  ...{ state: "trained", finalRmse, deadNeurons, deadLayers: 0 },
});

function compared(stored: Outcome, outcome: Outcome, engine = { bitStable: true, key: KEY }) {
  const found = { folder: "results/x", engine: "tfjs", stored: { key: KEY, outcome: stored } };
  return shownAgain({ key: engine.key, engine, outcome } as never, found as never, []);
}

const whats = (...of: Parameters<typeof compared>) =>
  compared(...of).differences.map(({ what }) => what);

describe("a stored trial that is trained again", () => {
  it("is equal to the last bit, or is not", () => {
    expect(whats(trained(0.1), trained(0.1))).toEqual([]);
    expect(whats(trained(0.1), trained(0.1 + 2 ** -56))).toEqual(["final RMSE"]);
    expect(whats(trained(0.1, 3), trained(0.1, 4))).toEqual(["dead neurons"]);
  });

  it.each([
    ["of an engine that is not bit-stable", { bitStable: false, key: KEY }],
    ["of other arithmetic", { bitStable: true, key: "b".repeat(64) }],
  ])("%s is compared to rounding", (_, engine) => {
    expect(compared(trained(1), trained(1.0005), engine)).toMatchObject({
      compared: "to rounding",
      differences: [],
    });
    expect(whats(trained(1), trained(1.005), engine)).toEqual(["final RMSE"]);
    expect(whats(trained(3e-7), trained(4e-7), engine)).toEqual([]);
    expect(whats(trained(1, 3), trained(1, 4), engine)).toEqual(["dead neurons"]);
  });

  it("ends in the same state, or in another", () => {
    expect(whats({ state: "diverged" }, { state: "diverged" })).toEqual([]);
    const failed = compared({ state: "failed", reason: "no memory" }, trained(0.1));
    expect(failed.differences).toEqual([
      { what: "state", stored: "failed (no memory)", again: "trained" },
    ]);
    expect(againText(failed, PLAIN, 80)).toContain("--retry-failed");
  });

  it("is said in lines that fit", () => {
    const text = againText(compared(trained(0.1), trained(0.25, 1)), PLAIN, 60);
    expect(unbroken(text)).toContain(
      "Not as stored in results/x, compared to the last bit. Final RMSE: stored 0.1, now 0.25; dead neurons: " +
        "stored 3, now 1. lrn check --results results/x says",
    );
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it("is as JSON what it is", () => {
    expect(againFields(compared(trained(0.1), trained(0.1)))).toEqual({
      stored: { folder: "results/x", key: KEY, engine: undefined, outcome: trained(0.1) },
      replaced: [],
      compared: "exactly",
      agrees: true,
      differences: [],
    });
  });
});
