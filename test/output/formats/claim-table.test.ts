import { describe, expect, it } from "vitest";
import type { JudgedClaim, JudgedGroup } from "#lrn/analysis/claims.js";
import { claimTable } from "#lrn/output/formats/claim-table.js";

const CLAIM: JudgedClaim["claim"] = {
  ...{ id: "x", from: "somewhere", says: "so it is", where: {}, by: ["optimizer", "depth"] },
  test: { kind: "sometimes", measure: "converged" },
};

function judged(by: JudgedClaim["claim"]["by"], groups: readonly JudgedGroup[]): JudgedClaim {
  return { claim: { ...CLAIM, by }, verdict: "cannot tell", groups };
}

const group = (axes: JudgedGroup["axes"], rest: Partial<JudgedGroup> = {}): JudgedGroup => ({
  ...{ axes, verdict: "holds", evidence: "all of it", brief: "3.0 %" },
  ...rest,
});

describe("the table of a claim", () => {
  it("has a row for each of a few groups", () => {
    const [table] = claimTable(judged(["depth"], [group({ depth: 2 }), group({ depth: 5 })]));
    expect(table.split("\n").slice(2)).toEqual([
      "| depth 2 | holds   | all of it |",
      "| depth 5 | holds   | all of it |",
    ]);
  });

  it("has many groups in a grid, with the axis of most values across", () => {
    const groups = (["adam", "sgd"] as const).flatMap((optimizer) =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((depth) =>
        group({ optimizer, depth }, { verdict: depth === 8 ? "does not hold" : "cannot tell" }),
      ),
    );
    const [table, marks] = claimTable(judged(["depth", "optimizer"], groups));
    const lines = table.split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^\| optimizer \| depth 1 \| .* depth 8 \|$/);
    expect(lines[3]).toMatch(/^\| sgd +\| 3\.0 % \? \| .* 3\.0 % ✗ \|$/);
    expect(marks).toContain("✗");
  });

  it("has parts in columns, or in rows where there is one group", () => {
    const parts = [
      ["depth 5", "+1"],
      ["depth 10", "+2"],
    ] as const;
    const [alone] = claimTable(judged([], [group({}, { parts })]));
    expect(alone.split("\n").slice(2)).toEqual(["| depth 5  | +1    |", "| depth 10 | +2    |"]);
    const both = [group({ width: 2 }, { parts }), group({ width: 4 }, { parts })];
    const [several] = claimTable(judged(["width"], both));
    expect(several.split("\n")[0]).toBe("| width   | verdict | depth 5 | depth 10 |");
    expect(several.split("\n")[3]).toBe("| width 4 | holds   | +1      | +2       |");
  });
});
