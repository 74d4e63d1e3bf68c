import { describe, expect, it } from "vitest";
import type { Claim, ClaimTest, Cost } from "#lrn/analysis/claims.js";
import { judgeClaims } from "#lrn/analysis/judge-claims.js";
import { cellOf } from "#lrn/model/cells.js";
import { normal } from "#lrn/model/normal.js";
import { namedStream } from "#lrn/model/random.js";
import type { Cell } from "#lrn/model/trial.js";

const CELLS = (["plain", "late-residual"] as const).flatMap((connection) =>
  [2, 5, 10].map((depth) =>
    cellOf({
      depth,
      width: 2,
      connection,
      optimizer: "adam",
      learningRate: 0.01,
      trainingStyle: "batch",
    }),
  ),
);

function claim(test: ClaimTest, rest: Partial<Claim> = {}): Claim {
  return { id: "x", from: "somewhere", says: "so it is", where: {}, by: [], test, ...rest };
}

/** @param valuesOf a cell's of a measure, from seed 0 on */
function judged(
  claims: readonly Claim[],
  valuesOf: (cell: Cell, measure: string) => readonly number[],
  costOf: (cell: Cell) => Cost = () => ({ parameters: 1, operations: 1, milliseconds: null }),
) {
  return judgeClaims(claims, {
    cells: CELLS,
    seriesOf(cell, { measure }) {
      const values = valuesOf(cell, measure);
      return { seeds: values.map((_, seed) => seed), values };
    },
    costOf,
  });
}

const share = (ones: number, of: number) => Array.from({ length: of }, (_, i) => Number(i < ones));
const MORE: ClaimTest = {
  kind: "more",
  measure: "converged",
  axis: "connection",
  base: "plain",
  other: "late-residual",
};

describe("more than another", () => {
  const byDepth = claim(MORE, { by: ["depth"] });

  it("holds where all groups hold", () => {
    const [all] = judged([byDepth], ({ connection }) => share(connection === "plain" ? 5 : 25, 40));
    expect(all.verdict).toBe("holds");
    expect(all.groups.map(({ axes, verdict }) => [axes, verdict])).toEqual([
      [{ depth: 2 }, "holds"],
      [{ depth: 5 }, "holds"],
      [{ depth: 10 }, "holds"],
    ]);
    expect(all.groups[0].evidence).toMatch(/^0\.625 against 0\.125, \+0\.500 \(.+\); 40 pairs$/);
  });

  it("does not where one group says the contrary", () => {
    const [one] = judged([byDepth], ({ connection, depth }) =>
      share((connection === "plain") === (depth === 10) ? 25 : 5, 40),
    );
    expect(one.groups.map(({ verdict }) => verdict)).toEqual(["holds", "holds", "does not hold"]);
    expect(one.verdict).toBe("does not hold");
  });

  it("cannot be told by too few", () => {
    const few = ({ connection }: Cell) => share(connection === "plain" ? 0 : 4, 10);
    expect(judged([byDepth], few)[0].verdict).toBe("cannot tell");
    // Four more trials in favour would have been found alone, but not beside two other tests.
    const six = ({ connection }: Cell) => share(connection === "plain" ? 0 : 6, 10);
    expect(judged([byDepth], six)[0].verdict).toBe("cannot tell");
    const alone = claim(MORE, { where: { depth: [2] } });
    expect(judged([alone], six)[0].verdict).toBe("holds");
  });

  it("is fewer the other way round", () => {
    const values = ({ connection }: Cell) => share(connection === "plain" ? 25 : 5, 40);
    expect(judged([claim({ ...MORE, kind: "fewer" })], values)[0].verdict).toBe("holds");
    expect(judged([claim(MORE)], values)[0].verdict).toBe("does not hold");
  });

  it("is no verdict where no seed has both", () => {
    const [none] = judged([claim(MORE)], () => []);
    expect(none).toMatchObject({
      verdict: "cannot tell",
      groups: [{ evidence: /no pair/ as never }],
    });
  });
});

describe("never, and at times", () => {
  const never = claim({ kind: "never", measure: "converged" });
  const sometimes = claim({ kind: "sometimes", measure: "converged" });

  it("never does not hold where it happens once: rarely is not never", () => {
    const [rare] = judged([never], () => share(1, 1000));
    expect(rare.verdict).toBe("does not hold");
    expect(rare.groups[0].evidence).toMatch(
      /^6 of 6,000, of 3,000 starts: 0\.1 % \(0\.\d+ % to 0\.\d+ %\)$/,
    );
  });

  it("never holds of none among enough, and cannot be told of few", () => {
    expect(judged([never], () => share(0, 100))[0]).toMatchObject({ verdict: "holds" });
    expect(judged([never], () => share(0, 5))[0]).toMatchObject({ verdict: "cannot tell" });
  });

  it("at times holds with one, and fails where ten trainings would hardly have shown one", () => {
    const byDepth = { ...sometimes, by: ["depth" as const] };
    expect(judged([byDepth], () => share(1, 100))[0].verdict).toBe("holds");
    expect(judged([byDepth], () => share(0, 100))[0].verdict).toBe("cannot tell");
    expect(judged([byDepth], () => share(0, 1000))[0].verdict).toBe("does not hold");
  });
});

describe("a rise, and a share", () => {
  const rises = claim(
    { kind: "rises", measure: "dead-neurons", over: "depth" },
    { where: { connection: ["plain"] } },
  );
  const stream = namedStream(1, "claims");
  const around = (mean: number) => Array.from({ length: 60 }, () => mean + normal(stream));
  const RISING = new Map(CELLS.map((cell) => [cell, around(cell.depth)]));

  it("holds where each step is up, not where one is down", () => {
    expect(judged([rises], (cell) => RISING.get(cell)!)[0].verdict).toBe("holds");
    const [bent] = judged([rises], (cell) =>
      RISING.get(cell)!.map((value) => (cell.depth === 10 ? value - 9 : value)),
    );
    expect(bent.verdict).toBe("does not hold");
    expect(bent.groups[0].evidence).toMatch(/^depth 5 \+\d.+; depth 10 -\d/);
  });

  it("above and below a share of a network's layers", () => {
    const half = (kind: "above" | "below") =>
      claim({ kind, share: 0.5, measure: "dead-layers" }, { where: { depth: [10] } });
    const values = () => Array.from({ length: 60 }, (_, i) => 7 + (i % 3));
    expect(judged([half("above"), half("below")], values).map(({ verdict }) => verdict)).toEqual([
      "holds",
      "does not hold",
    ]);
    const near = () => Array.from({ length: 60 }, (_, i) => 4 + (i % 3));
    expect(judged([half("above")], near)[0].verdict).toBe("cannot tell");
  });
});

describe("a part of what is counted", () => {
  const minority = claim(
    { kind: "minority", measure: "dead-neurons-died", of: "dead-neurons" },
    { where: { depth: [10], connection: ["plain"] } },
  );
  /** Of seven dead neurons so many died, and in every third trial one less. */
  const died = (most: number, trials: number) => (_: Cell, measure: string) =>
    Array.from({ length: trials }, (_, i) =>
      measure === "dead-neurons" ? 7 : most - (i % 3 === 0 ? 1 : 0),
    );

  it("is less than half, or more", () => {
    const [few] = judged([minority], died(2, 40));
    expect(few.verdict).toBe("holds");
    // 14 trials with 1 and 26 with 2 of 7.
    expect(few.groups[0].evidence).toBe("1.65 of 7.00 in each of 40 trials: 23.6 %");
    expect(few.groups[0].brief).toBe("23.6 %");
    expect(judged([minority], died(6, 40))[0].verdict).toBe("does not hold");
    const majority = {
      ...minority,
      test: { ...minority.test, kind: "majority" as const },
    } as Claim;
    expect(judged([majority], died(6, 40))[0].verdict).toBe("holds");
  });

  it("cannot be told where it is about half, of few trials, or of nothing", () => {
    expect(judged([minority], died(4, 40))[0].verdict).toBe("cannot tell");
    expect(judged([minority], died(2, 4))[0].verdict).toBe("cannot tell");
    expect(judged([minority], () => [0, 0, 0, 0, 0, 0, 0, 0])[0].verdict).toBe("cannot tell");
  });
});

describe("what training costs", () => {
  const WHERE = { depth: 10, connection: "late-residual" } as const;
  const costs = claim(
    {
      ...{ kind: "costs-more", axis: "connection", base: "plain", other: "late-residual" },
      printed: [
        { where: WHERE, seconds: 1.5 },
        { where: { ...WHERE, connection: "plain" }, seconds: 1 },
        { where: { ...WHERE, depth: 5 }, seconds: 1 },
      ],
    },
    { by: ["depth"] },
  );
  const cost =
    (extra: number, milliseconds: number | null = null) =>
    ({ depth, connection }: Cell): Cost => {
      const more = connection === "plain" ? 0 : extra;
      return { parameters: depth + more, operations: 100 * depth + 10 * more, milliseconds };
    };

  it("is judged by operations, whatever was measured, at every depth", () => {
    const slower = ({ connection, ...cell }: Cell): Cost => ({
      ...cost(2)({ connection, ...cell } as Cell),
      milliseconds: connection === "plain" ? 3 : 2,
    });
    const [more] = judged([costs], () => [], slower);
    expect(more.groups.map(({ verdict }) => verdict)).toEqual(["holds", "holds", "holds"]);
    expect(more.groups[2].parts).toEqual([
      ["parameters", "12 against 10"],
      ["operations per step", "1,020 against 1,000 (+2.0 %)"],
      ["measured milliseconds", "2.000 against 3.000 (-33 %), longer in 0 of 1"],
      ["printed seconds", "1.500 against 1.000 (+50 %), longer in 1 of 1"],
    ]);
    expect(more.groups[1].parts?.[3][1]).toBe("none of both");
  });

  it("does not hold where it is as much or less; without times nothing is measured", () => {
    expect(judged([costs], () => [], cost(0))[0].verdict).toBe("does not hold");
    const [less] = judged([costs], () => [], cost(-1));
    expect(less.verdict).toBe("does not hold");
    expect(less.groups[0].evidence).toContain("measured milliseconds none of both");
  });

  it("cannot be told without a pair of cells", () => {
    const alone = claim(costs.test, { where: { connection: ["plain"] } });
    expect(judged([alone], () => [], cost(2))[0].verdict).toBe("cannot tell");
  });
});

describe("few trials that are all alike", () => {
  const about = (kind: "above" | "below", share: number, measure: string) =>
    claim({ kind, share, measure }, { where: { depth: [10], connection: ["plain"] } });

  it("show no rate that a hundredth or nine tenths are far from", () => {
    const none = judged([about("below", 0.01, "collapsed")], () => share(0, 8));
    expect(none[0].verdict).toBe("cannot tell");
    const all = judged([about("above", 0.9, "collapsed")], () => share(8, 8));
    expect(all[0].verdict).toBe("cannot tell");
    // Of 400 that are all so, 0.9^400 is far.
    const many = judged([about("above", 0.9, "collapsed")], () => share(400, 400));
    expect(many[0].verdict).toBe("holds");
  });

  it("have no spread to judge a mean by", () => {
    const same = judged([about("above", 0.5, "dead-layers")], () => [9, 9, 9, 9]);
    expect(same[0].verdict).toBe("cannot tell");
  });

  it("count as one where they share a start", () => {
    // Two cells of one shape that always agree: four starts, not eight trials.
    const both = claim(
      { kind: "above", share: 0.5, measure: "converged" },
      { where: { depth: [10] } },
    );
    const [of] = judged([both], () => share(5, 5));
    expect(of.verdict).toBe("cannot tell"); // 2 * 0.5^5 is above 0.05, 2 * 0.5^10 would not be
    expect(of.groups[0].evidence).toMatch(/of 10 trials$/);
  });
});

it("raises few false alarms over many claims of which none is true or false", () => {
  const stream = namedStream(2, "claims");
  let alarms = 0;
  for (let account = 0; account < 200; account++) {
    const values = new Map(
      CELLS.map((cell) => [cell, Array.from({ length: 30 }, () => Number(stream() < 0.4))]),
    );
    const claims = [claim(MORE, { by: ["depth"] }), claim(MORE)];
    const verdicts = judged(claims, (cell) => values.get(cell)!).map(({ verdict }) => verdict);
    if (verdicts.some((verdict) => verdict !== "cannot tell")) alarms++;
  }
  expect(alarms).toBeLessThan(20); // 10 of 200 are to be expected at the most
});
