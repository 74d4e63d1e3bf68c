/** What a change of one axis changes, whichever axis it is: none is forgotten anywhere. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBaseline } from "#lrn/analysis/baseline.js";
import { summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { compareWithBaseline } from "#lrn/analysis/compare-baseline.js";
import { convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { batchShape } from "#lrn/engines/contract.js";
import { AXIS_NAMES, axisOf } from "#lrn/model/axes.js";
import { axisRule } from "#lrn/model/axis-rules.js";
import { cellName, compareCells } from "#lrn/model/cells.js";
import type { Cell } from "#lrn/model/trial.js";
import { cellRows, trialRows } from "#lrn/output/formats/result-rows.js";
import {
  gridLine,
  gridRows,
  groupName,
  tableSlugs,
  tableTitle,
} from "#lrn/output/tables/convergence-grid.js";
import { CONVERGED } from "#lrn/output/tables/count-columns.js";
import { openStore } from "#lrn/store/store.js";
import { cellKey, trialKey } from "#lrn/sweep/trial-key.js";
import { pairsDifferingIn } from "./axis-values.js";

const NUMERICS = "float32/1";
const TRIAL = {
  key: "k",
  seed: 0,
  engine: "fused",
  outcome: { state: "diverged" } as const,
  trainMs: 1,
};

function forPairs(name: (typeof AXIS_NAMES)[number], check: (a: Cell, b: Cell) => void) {
  fc.assert(
    fc.property(pairsDifferingIn(name), ([a, b]) => {
      check(a, b);
    }),
    { numRuns: 50 },
  );
}

const summaries = (cells: readonly Cell[]) => cells.map((cell) => summarizeCell(cell, [TRIAL], 1));
const rowsOf = (rows: ReturnType<typeof cellRows>) => [...rows.parts].flat().map(String);

describe.each(AXIS_NAMES)("another %s alone changes", (name) => {
  const { place, sharesBatch } = axisOf(name);

  it("the key of the cell and of its trials", () =>
    forPairs(name, (a, b) => {
      expect(cellKey(a, NUMERICS)).not.toBe(cellKey(b, NUMERICS));
      const [one, other] = [a, b].map((cell) => trialKey({ ...cell, seed: 3 }, NUMERICS));
      expect(one).not.toBe(other);
    }));

  it(`the shape of a batch: ${sharesBatch ? "no" : "yes"}`, () =>
    forPairs(name, (a, b) => expect(batchShape(a) === batchShape(b)).toBe(sharesBatch)));

  it("the cell's name and its place in the order of tables", () =>
    forPairs(name, (a, b) => {
      expect(cellName(a)).not.toBe(cellName(b));
      expect(Math.sign(compareCells(a, b))).toBe(-Math.sign(compareCells(b, a)));
      expect(compareCells(a, b)).not.toBe(0);
    }));

  it(`the ${place} in which tables show the cell`, () =>
    forPairs(name, (a, b) => {
      const tables = convergenceTables(summaries([a, b]));
      expect(tables).toHaveLength(place === "title" ? 2 : 1);
      const [{ rows, groups }] = tables;
      expect(rows).toHaveLength(place === "row" ? 2 : 1);
      expect(groups).toHaveLength(place === "column" ? 2 : 1);
      const shown = {
        title: [tables.map(tableTitle), tables.map((table) => tableSlugs(table).join("/"))],
        row: [
          gridRows(tables[0], { counts: [CONVERGED], means: [] })
            .filter(({ kind }) => kind === "cell")
            .map((row) => gridLine(row).join()),
        ],
        column: [groups.map(groupName)],
      };
      for (const [one, other] of shown[place]) expect(one).not.toBe(other);
    }));

  it("its row of every format", () =>
    forPairs(name, (a, b) => {
      const [cell, another] = rowsOf(cellRows(summaries([a, b])));
      expect(cell).not.toBe(another);
      const [trial, other] = rowsOf(trialRows([a, b], () => [TRIAL], 1));
      expect(trial).not.toBe(other);
    }));

  it("which cell of a baseline it is, and a baseline keeps both", () =>
    forPairs(name, (a, b) => {
      const counts = { trials: 1, converged: 0, deadNeurons: 0, deadLayers: 0, failed: 0 };
      const measured = [a, b].map((cell) => ({ ...cell, ...counts }));
      const about = { seeds: 1, convergence: { rmse: 1 } };
      const provenance = { lrn: "0", engine: "fused", numerics: NUMERICS, commit: null };
      const baseline = makeBaseline({ name: "x", ...about }, provenance, measured);
      const compared = (cells: typeof measured) =>
        compareWithBaseline(baseline, { ...about, numerics: NUMERICS, cells }, "exact");
      expect(compared(measured)).toMatchObject({ passed: true, cells: [{}, {}] });
      expect(compared(measured.slice(1)).passed).toBe(false);
    }));

  it("which cell of a store it is, and a store gives both back", () => {
    const store = openStore(join(mkdtempSync(join(tmpdir(), "lrn-")), "trials.db"));
    const written = new Map<string, Cell>();
    forPairs(name, (a, b) => {
      for (const cell of [a, b]) written.set(cellKey(cell, NUMERICS), cell);
    });
    store.write([...written].map(([cellKey, cell]) => ({ cellKey, cell, trials: [TRIAL] })));
    expect(new Map(store.cells().map(({ key, cell }) => [key, cell]))).toEqual(written);
    store.close();
  });
});

it("takes every value that the table of axes allows, and refuses what it does not", () => {
  for (const name of AXIS_NAMES) {
    forPairs(name, (a) => expect(axisRule(name).parse(a[name])).toEqual(a[name]));
    expect(axisRule(name).safeParse("no such value").success, name).toBe(false);
    expect(axisRule(name).safeParse(undefined).success, name).toBe(false);
  }
});
