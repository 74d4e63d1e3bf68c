import { describe, expect, it } from "vitest";
import { type ArmsRequest, compareArms } from "#lrn/analysis/compare-arms.js";
import { wilsonInterval } from "#lrn/analysis/intervals.js";
import { armsOfAxis, matchOnOthers } from "#lrn/analysis/matched-arms.js";
import { CONVERGED, MEASURES } from "#lrn/analysis/measures.js";
import { cellOf } from "#lrn/model/cells.js";
import type { Cell } from "#lrn/model/trial.js";
import { normal } from "#lrn/model/normal.js";
import { namedStream } from "#lrn/model/random.js";

const cellsOf = (connections: readonly Cell["connection"][], depths: readonly number[]) =>
  connections.flatMap((connection) =>
    depths.flatMap((depth) =>
      [0.1, 0.01].map((learningRate) =>
        cellOf({
          depth,
          width: 2,
          connection,
          optimizer: "adam",
          learningRate,
          trainingStyle: "batch",
        }),
      ),
    ),
  );

/** Each seed's value of a cell, from seed 0 on. */
function comparison(
  cells: readonly Cell[],
  values: (cell: Cell) => readonly number[],
  request: Partial<ArmsRequest> = {},
) {
  const [base, ...others] = armsOfAxis(cells, "connection");
  const series = new Map(cells.map((cell) => [cell, [...values(cell)]]));
  return compareArms({
    base,
    others,
    match: (one, other) => matchOnOthers("connection", one, other),
    measure: CONVERGED,
    by: [],
    seriesOf: (cell) => ({ seeds: [...series.get(cell)!.keys()], values: series.get(cell)! }),
    ...request,
  });
}

/** So many of so many, of a plain cell and of a late-residual one. */
const shares =
  (trials: number, plain: number, late: number) =>
  ({ connection }: Cell) =>
    Array.from({ length: trials }, (_, seed) =>
      Number(seed < (connection === "plain" ? plain : late)),
    );

const TWO = cellsOf(["plain", "late-residual"], [2, 5]);
const ONE_PAIR = TWO.filter(({ depth, learningRate }) => depth === 2 && learningRate === 0.1);

describe("a verdict", () => {
  it("is better where it is, worse where it is", () => {
    const [better] = comparison(ONE_PAIR, shares(40, 4, 20)).rows;
    expect(better).toMatchObject({ verdict: "better", pairs: 40, clusters: 40, unnoticed: null });
    expect(better).toMatchObject({
      baseMore: 0,
      otherMore: 16,
      difference: 0.4,
      p: expect.closeTo(2 ** -15, 12),
    });
    const [worse] = comparison(ONE_PAIR, shares(40, 20, 4)).rows;
    expect(worse).toMatchObject({
      verdict: "worse",
      difference: -0.4,
      p: expect.closeTo(2 ** -15, 12),
    });
    expect(worse.interval!.high).toBeLessThan(0);
  });

  it("of ten pairs cannot tell 0 from 5, and says so; 6 it can", () => {
    const [open] = comparison(ONE_PAIR, shares(10, 0, 5)).rows;
    expect(open).toMatchObject({ verdict: "cannot tell", p: 0.0625, unnoticed: 5 });
    const [found] = comparison(ONE_PAIR, shares(10, 0, 6)).rows;
    expect(found).toMatchObject({ verdict: "better", p: 0.03125, unnoticed: null });
  });

  it("of three pairs could not have found anything", () => {
    const [open] = comparison(ONE_PAIR, shares(3, 0, 3)).rows;
    expect(open).toMatchObject({ verdict: "cannot tell", p: 0.25, unnoticed: 3 });
  });

  it("of what is no convergence says which is more, and judges nothing", () => {
    const values = ({ connection }: Cell) =>
      Array.from({ length: 20 }, (_, seed) => (connection === "plain" ? 5 : 2) + (seed % 3) / 4);
    const verdictOf = (name: string) =>
      comparison(ONE_PAIR, values, { measure: MEASURES.get(name)! }).rows[0].verdict;
    expect(verdictOf("dead-neurons")).toBe("fewer");
    expect(verdictOf("final-rmse")).toBe("lower");
  });
});

describe("rows", () => {
  it("are over all pairs first, then of each group, the best first", () => {
    const cells = cellsOf(["plain", "late-residual", "dense"], [2, 5]);
    const rates: Partial<Record<Cell["connection"], number>> = { "late-residual": 6, dense: 9 };
    const { rows } = comparison(
      cells,
      ({ connection }) => shares(10, 0, rates[connection] ?? 0)({ connection } as Cell),
      { by: ["depth"] },
    );
    expect(rows.map(({ arm, axes, pairs }) => [arm, axes.depth, pairs])).toEqual([
      ["dense", undefined, 40],
      ["late-residual", undefined, 40],
      ["dense", 2, 20],
      ["late-residual", 2, 20],
      ["dense", 5, 20],
      ["late-residual", 5, 20],
    ]);
  });

  it("count a start once, however many trials begin with it", () => {
    const [row] = comparison(TWO, shares(10, 0, 5)).rows;
    // Two depths of ten seeds; the two learning rates of each share their starts.
    expect(row).toMatchObject({ pairs: 40, clusters: 20, p: 2 ** -9, otherMore: 20 });
  });

  it("share one level of false alarms, and intervals that hold together are wider", () => {
    const { rows } = comparison(TWO, shares(10, 0, 6), { by: "all" });
    expect(rows).toHaveLength(5);
    expect(rows.map(({ p }) => p).sort()).toEqual([2 ** -11, ...new Array(4).fill(2 ** -5)]);
    const [total, ...strata] = rows;
    expect(total).toMatchObject({ verdict: "better", adjusted: 5 * 2 ** -11 });
    // Each alone would be found: p is 0.031. Four of them are left at Holm's second step.
    for (const row of strata) {
      expect(row).toMatchObject({ verdict: "cannot tell", adjusted: 4 * 2 ** -5, unnoticed: 7 });
      expect(row.simultaneous!.low).toBeLessThan(row.interval!.low);
      expect(row.simultaneous!.high).toBeGreaterThan(row.interval!.high);
    }
  });

  it("pair only seeds that both have", () => {
    const seeds = { plain: [0, 2, 3, 9], "late-residual": [2, 3, 4, 5, 9, 11] };
    const { rows } = comparison(ONE_PAIR, () => [], {
      seriesOf: ({ connection }) => {
        const own = seeds[connection as "plain"];
        return { seeds: own, values: own.map((seed) => Number(seed > 2)) };
      },
    });
    expect(rows[0]).toMatchObject({ pairs: 3, baseMore: 0, otherMore: 0, p: 1 });
  });

  it("without a pair are left out, and named", () => {
    const { rows, notes } = comparison(TWO, ({ depth }) => (depth === 2 ? [1, 0, 1] : []), {
      by: ["depth"],
    });
    expect(rows.map(({ axes }) => axes.depth)).toEqual([undefined, 2]);
    expect(notes).toEqual(["late-residual and plain have no pair at depth 5"]);
  });
});

it("cells that differ in depth are one cluster per seed", () => {
  const cells = cellsOf(["plain"], [2, 5, 10]);
  const [base, ...others] = armsOfAxis(cells, "depth");
  const { rows } = compareArms({
    base,
    others,
    match: (one, other) => matchOnOthers("depth", one, other),
    measure: CONVERGED,
    by: [],
    seriesOf: () => ({ seeds: [0, 1, 2, 3], values: [0, 1, 0, 1] }),
  });
  expect(rows.map(({ pairs, clusters }) => [pairs, clusters])).toEqual([
    [8, 4],
    [8, 4],
  ]);
});

it("of many arms that are alike, any is called different in at most one league of twenty", () => {
  const cells = cellsOf(["plain", "late-residual", "residual", "dense"], [2, 5]);
  const stream = namedStream(1, "test/league");
  const runs = 150;
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    const starts = new Map<string, number>();
    const start = (key: string) => {
      if (!starts.has(key)) starts.set(key, normal(stream));
      return starts.get(key)!;
    };
    const { rows } = comparison(
      cells,
      ({ depth }) =>
        Array.from({ length: 15 }, (_, seed) =>
          Number(0.8 * start(`${seed}/${depth}`) + 0.6 * normal(stream) > 0.3),
        ),
      { by: ["depth"] },
    );
    if (rows.some(({ verdict }) => verdict !== "cannot tell")) alarms++;
  }
  // Of 150 at 0.05, 18 or more have a chance of less than 1 in 1,000.
  expect(alarms).toBeLessThan(18);
});

describe("where cells' trials end by what came of them", () => {
  const sides = (cells: readonly Cell[], isSequential: boolean) =>
    comparison(cells, shares(10, 3, 7), { isSequential }).rows.map(({ base, other }) => [
      base.interval,
      other.interval,
    ]);

  it("rates of two cells have confidence sequences", () => {
    const [[base, other]] = sides(ONE_PAIR, true);
    // mpmath, as confidence-sequence.test.ts has it of 3 and 7 of 10
    expect(base!.low).toBeCloseTo(0.036640290375509955, 12);
    expect(base!.high).toBeCloseTo(0.7332594738358065, 12);
    expect(other!.low).toBeCloseTo(0.26674052616419347, 12);
    expect(sides(ONE_PAIR, false)[0][0]!.low).toBeCloseTo(wilsonInterval(3, 10).low, 12);
  });

  it("rates over several have none", () => {
    expect(sides(TWO, true)).toEqual([[null, null]]);
    expect(sides(TWO, false)[0]).not.toContain(null);
  });
});
