/** The CSV of tables, against the rows that their pictures show. */
import { expect, it } from "vitest";
import { makeByKind } from "#lrn/figures/make-by-kind.js";
import type { Cell } from "#lrn/model/trial.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";
import type { FigureTable } from "#lrn/output/tables/figure-table.js";
import { FIGURES } from "#lrn/thesis/figures.js";

/** Of each cell's 10 trials as many converge as its depth has tens, and each has its seed's number dead. */
const trials = async () => ({
  of: async (cells: readonly Cell[]) =>
    cells.map(({ depth }) =>
      Array.from({ length: 10 }, (_, seed) => ({
        seed,
        trainMs: 1,
        outcome: {
          state: "trained",
          finalRmse: seed < depth / 10 ? 0.07 : 0.0701,
          deadNeurons: seed,
          deadLayers: seed / 2,
        },
      })),
    ),
});

async function made(id: string) {
  const figure = FIGURES.find((figure) => figure.id === id)!;
  const request = { figure, smallPrint: "", textWidth, seeds: 10, trials };
  const { csv, data } = await makeByKind(request as never);
  const [names, ...lines] = csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const rows = lines.map((line) => {
    expect(line).toHaveLength(names.length);
    return Object.fromEntries(line.map((value, i) => [names[i], value]));
  });
  return { rows, table: data as FigureTable };
}

/** As pictures show a mean. */
const shown = (mean: string, digits = 2) => (mean === "" ? "–" : Number(mean).toFixed(digits));

it.each(["4.3", "4.15", "4.18"])(
  "Figure %s: a row per cell has the picture's numbers",
  async (id) => {
    const { rows, table } = await made(id);
    expect(rows).toHaveLength(28);
    const pictured = table.rows
      .filter(({ tone }) => tone !== "total")
      .flatMap(({ labels, parts }) =>
        parts.map(({ pairs, rest }, i) => [
          ...[...labels, ["iterative", "batch"][i]],
          ...pairs.flatMap(({ ours, thesis, differs }, k) => [
            ours,
            thesis,
            ...(k === 0 ? [String(!!differs)] : []),
          ]),
          ...(rest === undefined ? [] : ["–", "–", "–", "–"]),
        ]),
      );
    const written = rows.map((row) => [
      ...[row.depth, row.connection, row.training_style],
      ...[row.converged, row.thesis_converged, row.differs],
      ...[shown(row.dead_neurons_mean), shown(row.thesis_dead_neurons_mean)],
      ...[shown(row.dead_layers_mean), shown(row.thesis_dead_layers_mean)],
    ]);
    expect(written).toEqual(pictured);
    expect(rows.every((row) => row.trials === "10" && row.thesis_trials === "10")).toBe(true);
  },
);

it.each(["4.1", "4.22"])("Figure %s: a mean, and the ends of its interval", async (id) => {
  const { rows, table } = await made(id);
  const pictured = table.rows.map(({ parts: [{ pairs }] }) => pairs.at(-1)!);
  expect(rows).toHaveLength(pictured.length);
  rows.forEach((row, i) => {
    const { ours, thesis, reach } = pictured[i];
    expect([shown(row.mean), shown(row.thesis_mean)]).toEqual([ours, thesis]);
    expect(row.converged).toBe(String(Math.ceil(Number(row.depth) / 10)));
    // Of one value there is no interval.
    if (row.converged === "1") expect([row.low, row.high, reach]).toEqual(["", "", undefined]);
    else {
      expect(((Number(row.high) - Number(row.low)) / 2).toFixed(2)).toBe(reach);
      expect((Number(row.high) + Number(row.low)) / 2).toBeCloseTo(Number(row.mean), 9);
    }
  });
});

it("Table 3.1: the points, unrounded, and the thesis's as it prints them", async () => {
  const { rows, table } = await made("table-3.1");
  expect(rows).toHaveLength(20);
  rows.forEach((row, i) => {
    const [x, t] = table.rows[i].parts[0].pairs;
    expect(Number(row.t)).toBe(Math.abs(Number(row.x)));
    expect((Math.trunc(Number(row.x) * 1e4) / 1e4).toFixed(4)).toBe(x.ours);
    expect([Number(row.thesis_x), Number(row.thesis_t)]).toEqual([
      Number(x.thesis),
      Number(t.thesis),
    ]);
  });
  expect(rows[0].x).toBe("-0.250919762305275");
});
