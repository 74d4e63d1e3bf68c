import { describe, expect, it } from "vitest";
import { type Arm, armsOfAxis, matchGrids, matchOnOthers } from "#lrn/analysis/matched-arms.js";
import { cellOf } from "#lrn/model/cells.js";
import { type Cell, THESIS_DATASET } from "#lrn/model/trial.js";

function cell(fields: Partial<Cell> = {}): Cell {
  return cellOf({
    depth: 2,
    width: 2,
    connection: "plain",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    ...fields,
  });
}

const depths = (values: readonly number[], fields: Partial<Cell> = {}) =>
  values.map((depth) => cell({ ...fields, depth }));
const arm = (name: string, cells: readonly Cell[]): Arm => ({ name, cells });
const OTHER_DATA = { ...THESIS_DATASET, function: "square" } as const;
const REACHED = { connection: "late-residual" } as const;

/** What stands against what, in short. */
const pairsOf = ({ strata }: ReturnType<typeof matchGrids>, of: (cell: Cell) => unknown) =>
  strata.map(({ base, other }) => [of(base), of(other)]);

describe("of an axis", () => {
  it("there is an arm for each value, in the order of tables, matched on all else", () => {
    const cells = [...depths([2, 5], REACHED), ...depths([2, 5])];
    const [plain, late] = armsOfAxis(cells, "connection");
    expect([plain.name, late.name]).toEqual(["plain", "late-residual"]);
    const matched = matchOnOthers("connection", plain, late);
    expect(pairsOf(matched, ({ depth, connection }) => `${connection} ${depth}`)).toEqual([
      ["plain 2", "late-residual 2"],
      ["plain 5", "late-residual 5"],
    ]);
    expect(matched.notes).toEqual([]);
  });

  it("cells without a counterpart are left out, and named", () => {
    const [plain, late] = [arm("plain", depths([2, 5])), arm("late", depths([5, 10], REACHED))];
    const matched = matchOnOthers("connection", plain, late);
    expect(pairsOf(matched, ({ depth }) => depth)).toEqual([[5, 5]]);
    expect(matched.notes).toEqual([
      "1 cell of plain (depth 2) left out, without a counterpart in late",
      "1 cell of late (depth 10) left out, without a counterpart in plain",
    ]);
  });
});

describe("of grids", () => {
  it("what both have several of is matched, what each has one of may differ", () => {
    const remedy = depths([2, 5], { activation: "gelu", learningRate: 0.1 });
    const matched = matchGrids(arm("plain", depths([2, 5])), arm("remedy", remedy));
    expect(pairsOf(matched, ({ depth, learningRate }) => [depth, learningRate])).toEqual([
      [
        [2, 0.01],
        [2, 0.1],
      ],
      [
        [5, 0.01],
        [5, 0.1],
      ],
    ]);
    expect(matched.strata.map(({ axes }) => axes)).toEqual([{ depth: 2 }, { depth: 5 }]);
    expect(matched.notes).toEqual([]);
  });

  it("a single one is matched with each, on either side", () => {
    const control = arm("control", [cell({ depth: 1, width: 8 })]);
    const plain = arm("plain", depths([2, 5, 10]));
    const note = "control has one depth, 1, held against each of plain";
    const against = matchGrids(plain, control);
    expect(pairsOf(against, ({ depth }) => depth)).toEqual([
      [2, 1],
      [5, 1],
      [10, 1],
    ]);
    expect(against.notes).toEqual([note]);
    const from = matchGrids(control, plain);
    expect(pairsOf(from, ({ depth }) => depth)).toEqual([
      [1, 2],
      [1, 5],
      [1, 10],
    ]);
    expect(from.notes).toEqual([note]);
    expect(from.strata.map(({ axes }) => axes)).toEqual([
      { depth: 2 },
      { depth: 5 },
      { depth: 10 },
    ]);
  });

  it("values in common are matched, others left out and named", () => {
    const matched = matchGrids(
      arm("plain", depths([2, 5, 10])),
      arm("remedy", depths([5, 10, 20], REACHED)),
    );
    expect(pairsOf(matched, ({ depth }) => depth)).toEqual([
      [5, 5],
      [10, 10],
    ]);
    expect(matched.notes).toEqual([
      "1 cell of plain (depth 2) left out, without a counterpart in remedy",
      "1 cell of remedy (depth 20) left out, without a counterpart in plain",
    ]);
  });

  it("a learning rate that is tuned for each dataset keeps nothing apart", () => {
    const tuned = (rates: readonly [number, number], fields: Partial<Cell>) => [
      cell({ ...fields, learningRate: rates[0] }),
      cell({ ...fields, learningRate: rates[1], dataset: OTHER_DATA }),
    ];
    const matched = matchGrids(
      arm("plain", tuned([0.01, 0.1], {})),
      arm("remedy", tuned([0.1, 0.01], REACHED)),
    );
    const task = ({ dataset, learningRate }: Cell) =>
      `${"function" in dataset && dataset.function} ${learningRate}`;
    expect(pairsOf(matched, task)).toEqual([
      ["abs 0.01", "abs 0.1"],
      ["square 0.1", "square 0.01"],
    ]);
    expect(matched.notes).toEqual([]);
  });

  it("a learning rate that is swept is matched", () => {
    const swept = (fields: Partial<Cell>) =>
      [0.1, 0.01].map((learningRate) => cell({ ...fields, learningRate }));
    const matched = matchGrids(arm("plain", swept({})), arm("remedy", swept(REACHED)));
    expect(pairsOf(matched, ({ learningRate }) => learningRate)).toEqual([
      [0.1, 0.1],
      [0.01, 0.01],
    ]);
  });
});
