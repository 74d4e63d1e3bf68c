import { describe, expect, it } from "vitest";
import { parseWhere, restricted } from "#lrn/cli/plot-where.js";
import { cellOf, type NamedAxes } from "#lrn/model/cells.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";

const USUAL: NamedAxes = {
  depth: 5,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
};
const other = { ...THESIS_DATASET, function: "square" } as const;
const CELLS = [
  { grid: "plain", cell: cellOf(USUAL) },
  {
    grid: "leaky, 0.2",
    cell: cellOf({ ...USUAL, activation: { name: "leaky-relu", slope: 0.2 } }),
  },
  { grid: "leaky", cell: cellOf({ ...USUAL, activation: { name: "leaky-relu", slope: 0.01 } }) },
  { grid: "wide", cell: cellOf({ ...USUAL, width: 4, learningRate: 0.001 }) },
  {
    grid: undefined,
    cell: cellOf({
      ...USUAL,
      width: 8,
      dataset: other,
      trainingStyle: { name: "mini-batch", size: 5 },
    }),
  },
];

const left = (...texts: string[]) =>
  restricted(CELLS, texts.map(parseWhere)).map((cell) => CELLS.indexOf(cell));

describe("--where", () => {
  it.each<[string[], number[]]>([
    [[], [0, 1, 2, 3, 4]],
    [["width=4"], [3]],
    [["width=4,8"], [3, 4]],
    [["width=[4,8]"], [3, 4]],
    [["width=2", "activation=relu"], [0]],
    [["learningRate=1e-3"], [3]],
    [["learning-rate=0.001"], [3]],
    [["activation=leaky-relu"], [2]], // as in a sweep file, the usual slope
    [["activation=leaky-relu 0.2,relu"], [0, 1, 3, 4]],
    [['activation={"name":"leaky-relu","slope":0.2}'], [1]],
    [["trainingStyle=mini-batch 5"], [4]],
    [["dataset=square"], [4]],
    [["dataset=square-20-numpy-42"], [4]],
    [[`dataset=${JSON.stringify(other)}`], [4]],
    [["grid=leaky"], [2]],
    [["grid=leaky, 0.2"], [1]], // a name may have a comma
    [["grid=plain,wide"], [0, 3]],
    [['grid=["leaky, 0.2","plain"]'], [0, 1]],
  ])("%j", (texts, indices) => expect(left(...texts)).toEqual(indices));

  it.each([
    ["width", '--where: must be axis=value, as width=2,4, got "width"'],
    ["width=", '--where: must be axis=value, as width=2,4, got "width="'],
    ["withd=2", '--where: must be an axis or grid, got "withd"; did you mean width?'],
    ["width=2,3", "--where: width: no cell has 3; they have 2, 4, 8"],
    ["connection=plian", "--where: connection: no cell has plian; did you mean plain?"],
    ["grid=wite", "--where: grid: no cell has wite; did you mean wide?"],
  ])("%s is refused", (text, message) => expect(() => left(text)).toThrow(message));

  it("says which restrictions leave nothing", () => {
    expect(() => left("width=4", "learning-rate=0.01")).toThrow(
      "--where: no cell has width=4 and learning-rate=0.01 together; leave one of them out",
    );
  });
});
