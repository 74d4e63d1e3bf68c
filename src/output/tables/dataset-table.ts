/** Table 3.1: the points, ours beside the thesis's. */
import type { Dataset } from "../../model/dataset.js";
import type { PublishedDataset } from "../../thesis/published.js";
import { DIFFERS, type FigureTable, type Pair } from "./figure-table.js";

export function datasetSideBySide({ x, t }: Dataset, published: PublishedDataset): FigureTable {
  const rows = published.x.map((_, sample) => [
    pointPair(x[sample], published.x[sample]),
    pointPair(t[sample], published.t[sample]),
  ]);
  const differing = rows.flat().filter(({ differs }) => differs).length;
  return {
    title: `The ${x.length} points of f(x) = |x| that every network is trained on`,
    subtitle: "x is NumPy's uniform(-1, 1) with the seed 42.",
    labels: ["Sample"],
    groups: [{ name: "", measures: ["x", "t = |x|"] }],
    rows: rows.map((pairs, sample) => ({
      tone: "neutral",
      labels: [String(sample)],
      parts: [{ pairs }],
    })),
    notes: [
      "Ours are cut, not rounded, to four decimals, as the thesis's are.",
      ...(differing > 0 ? [`${DIFFERS} the thesis prints one digit fewer.`] : []),
    ],
  };
}

function pointPair(ours: number, thesis: number): Pair {
  const cut = Math.trunc(ours * 1e4) / 1e4;
  const differs = cut !== thesis;
  return { ours: cut.toFixed(4), thesis: differs ? String(thesis) : thesis.toFixed(4), differs };
}
