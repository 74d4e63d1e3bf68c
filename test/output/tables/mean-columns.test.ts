import { expect, it } from "vitest";
import { summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { type ConvergenceTable, convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { cellOf } from "#lrn/model/cells.js";
import type { LaterNumbers, Outcome } from "#lrn/model/outcome.js";
import { convergenceTablesCsv } from "#lrn/output/formats/csv.js";
import { latexOfTables } from "#lrn/output/formats/latex.js";
import { markdownOfTables } from "#lrn/output/formats/markdown.js";
import { consoleTable } from "#lrn/output/tables/console-tables.js";
import type { TableChoices } from "#lrn/output/tables/count-columns.js";
import { DEAD_CHOICES } from "#lrn/output/tables/mean-columns.js";

const CELL = cellOf({
  depth: 2,
  width: 4,
  connection: "plain",
  optimizer: "sgd",
  learningRate: 0.1,
  trainingStyle: "batch",
});

/** A table of one cell, of whose trials all but the last converged. */
function tableOf(numbers: readonly LaterNumbers[]): ConvergenceTable {
  const trials = numbers.map((later, i) => {
    const finalRmse = i < numbers.length - 1 ? 0.01 : 0.5;
    const outcome: Outcome = {
      ...{ state: "trained", finalRmse, deadNeurons: 1, deadLayers: 0 },
      ...later,
    };
    return { outcome, trainMs: 2 };
  });
  return convergenceTables([summarizeCell(CELL, trials, 0.07)])[0];
}

const COUNTED = tableOf([
  { constantNeurons: 2, constantLayers: 0, noGradientNeurons: 4, noGradientLayers: 1 },
  { constantNeurons: 3, constantLayers: 1, noGradientNeurons: 5, noGradientLayers: 2 },
  { constantNeurons: 9, constantLayers: 9, noGradientNeurons: 9, noGradientLayers: 9 },
]);
const NOT_COUNTED = tableOf([{}, {}, {}]);

/** In every format that people read: the heads and the values of the first two means. */
const FORMATS: Readonly<Record<string, (table: ConvergenceTable, of: TableChoices) => string>> = {
  csv: (table, choices) => [...convergenceTablesCsv([table], choices)].join(""),
  markdown: (table, choices) => [...markdownOfTables([table], choices)].join(""),
  latex: (table, choices) => [...latexOfTables([table], choices)].join(""),
  console: (table, choices) => consoleTable(table, undefined, choices),
};

const EXPECTED = {
  zero: { name: "Dead", neurons: "1.00", layers: "0.00" },
  constant: { name: "Constant", neurons: "2.50", layers: "0.50" },
  "no-gradient": { name: "No-gradient", neurons: "4.50", layers: "1.50" },
} as const;

it.each(
  DEAD_CHOICES.flatMap((dead) => Object.keys(FORMATS).map((format) => [dead, format] as const)),
)("shows means of %s over the converged trials, and says so, as %s", (dead, format) => {
  const text = FORMATS[format](COUNTED, { dead });
  const { name, neurons, layers } = EXPECTED[dead];
  const words = text.split(/[^\w.-]+/);
  expect(words.some((word) => word.toLowerCase() === name.toLowerCase())).toBe(true);
  const others = DEAD_CHOICES.filter((other) => other !== dead).map((it) => EXPECTED[it].name);
  for (const other of others) expect(text.toLowerCase()).not.toContain(other.toLowerCase());
  expect(words).toContain(neurons);
  expect(words.slice(words.indexOf(neurons) + 1)[0]).toBe(layers);
  if (dead === "zero") expect(text).toBe(FORMATS[format](COUNTED, {}));
});

it("says in its caption what is counted, where that is not the thesis's", () => {
  const caption = (choices: TableChoices) =>
    consoleTable(COUNTED, undefined, choices).split("\n")[1];
  expect(caption({})).toMatch(/RMSE at most 0\.07$/);
  expect(caption({ dead: "constant" })).toMatch(/; constant: the same output for every sample$/);
  expect(caption({ dead: "no-gradient", intervals: true })).toMatch(
    /\(Wilson\); no-gradient: no gradient reaches its weights on any sample$/,
  );
});

it("has nothing, and says why, where the trials were trained before these were counted", () => {
  const cells = (dead: (typeof DEAD_CHOICES)[number]) => {
    const [, , caption, , , , row] = [...markdownOfTables([NOT_COUNTED], { dead })]
      .join("")
      .split("\n");
    return {
      caption,
      means: row
        .split("|")
        .slice(4, 7)
        .map((text) => text.trim()),
    };
  };
  for (const dead of ["constant", "no-gradient"] as const) {
    expect(cells(dead).means).toEqual(["", "", "2.000"]);
    expect(cells(dead).caption).toMatch(
      /; empty: trained by an earlier version, which did not count these\.$/,
    );
  }
  expect(cells("zero").means).toEqual(["1.00", "0.00", "2.000"]);
  expect(cells("zero").caption).not.toContain("earlier version");
});
