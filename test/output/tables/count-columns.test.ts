import { describe, expect, it } from "vitest";
import { type AskedTrials, summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { type ConvergenceTable, convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { cellOf } from "#lrn/model/cells.js";
import type { Outcome } from "#lrn/model/outcome.js";
import { convergenceTableCsv } from "#lrn/output/formats/csv.js";
import { latexOfTables } from "#lrn/output/formats/latex.js";
import { markdownOfTables } from "#lrn/output/formats/markdown.js";
import { consoleTable } from "#lrn/output/tables/console-tables.js";

const CELL = cellOf({
  depth: 2,
  width: 2,
  connection: "plain",
  optimizer: "sgd",
  learningRate: 0.1,
  trainingStyle: "batch",
});
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  c: { state: "trained", finalRmse: 0.01, deadNeurons: 1, deadLayers: 0 },
  n: { state: "trained", finalRmse: 0.5, deadNeurons: 1, deadLayers: 0 },
  d: { state: "diverged" },
  f: { state: "failed", reason: "broken" },
};

/** A table of cells of depths 2, 3, …: a letter per trial, Converged, Not, Diverged or Failed. */
function tableOf(cells: readonly string[], asked?: AskedTrials): ConvergenceTable {
  const summaries = cells.map((letters, i) => {
    const trials = [...letters].map((letter) => ({ outcome: OUTCOMES[letter], trainMs: 2 }));
    return summarizeCell({ ...CELL, depth: 2 + i }, trials, 0.07, asked);
  });
  return convergenceTables(summaries)[0];
}

/** The first line, the caption, the heads without the group's name, and a row per cell, of Markdown. */
function markdown(table: ConvergenceTable, intervals = false) {
  const [title, , caption, , head, , ...rows] = [...markdownOfTables([table], { intervals })]
    .join("")
    .trimEnd()
    .split("\n");
  const cells = (line: string) =>
    line
      .split("|")
      .slice(3, -1)
      .map((cell) => cell.trim());
  const heads = cells(head).map((name) => name.replace("Batch ", ""));
  return { title, caption, heads, rows: rows.slice(0, -1).map(cells) };
}

const MEANS = ["dead neurons", "dead layers", "training time (ms)"];

describe("a table", () => {
  it("says once how many trials its cells have, where all have as many", () => {
    const { title, caption, heads, rows } = markdown(tableOf(["cn", "nn"]));
    expect(title).toBe("### SGD, learning rate 0.1, width 2");
    expect(caption).toBe("2 trials per cell, 3000 epochs; converged: RMSE at most 0.07.");
    expect(heads).toEqual(["total converged", ...MEANS]);
    expect(rows).toEqual([
      ["1", "1.00", "0.00", "2.000"],
      ["0", "DID NOT CONVERGE", "", ""],
    ]);
  });

  it("has a column of trials where cells differ", () => {
    const { caption, heads, rows } = markdown(tableOf(["cn", "nnn"]));
    expect(caption).toBe("3000 epochs; converged: RMSE at most 0.07.");
    expect(heads).toEqual(["trials", "total converged", ...MEANS]);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ["2", "1"],
      ["3", "0"],
    ]);
  });

  it("of an unfinished sweep says so in its first line, and has a column of trials", () => {
    const table = tableOf(["cn", "nn", ""], { trials: 4 });
    const { title, heads, rows } = markdown(table);
    const says = "sweep unfinished: 4 of 12 trials";
    expect(title).toBe(`### SGD, learning rate 0.1, width 2 (${says})`);
    expect(heads).toEqual(["trials", "total converged", ...MEANS]);
    expect(rows[2]).toEqual(["0", "", "", "", ""]);
    expect(consoleTable(table).split("\n")[0]).toContain(says);
    expect(convergenceTableCsv(table).split("\n")[0]).toMatch(/,Sweep unfinished: 4 of 12 trials$/);
    expect([...latexOfTables([table])].join("")).toContain(`(${says})`);
  });

  it("shows what diverged and what failed", () => {
    const { heads, rows } = markdown(tableOf(["dd", "dn", "cf", "ff", "df"]));
    expect(heads).toEqual(["total converged", "diverged", "failed", ...MEANS]);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ["0", "2", "0", "ALL DIVERGED"],
      ["0", "1", "0", "DID NOT CONVERGE"],
      ["1", "0", "1", "1.00"],
      ["0", "0", "2", "ALL FAILED"],
      ["0", "1", "1", "DID NOT CONVERGE"],
    ]);
  });

  it("has Wilson's intervals of its rates where they are asked for", () => {
    const { caption, heads, rows } = markdown(tableOf(["cccccccnnn"]), true);
    expect(caption).toMatch(/; rates with 95 % intervals \(Wilson\)\.$/);
    expect(heads).toEqual(["total converged", "rate (%)", ...MEANS]);
    expect(rows[0].slice(0, 2)).toEqual(["7", "70.0 (39.7–89.2)"]);
  });
});

describe("where trials end with a converged one, a table", () => {
  const asked = { trials: 8, untilConverged: 1 };

  it("shows the trainings that were needed, or that there were not enough", () => {
    const { title, caption, heads, rows } = markdown(tableOf(["nnc", "c", "nnnnnnnn"], asked));
    expect(title).toBe("### SGD, learning rate 0.1, width 2");
    expect(caption).toMatch(/^Trials until 1 converged \(8 at most\), 3000 epochs; /);
    expect(heads).toEqual(["trainings needed", "total converged", ...MEANS]);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ["3", "1"],
      ["1", "1"],
      ["\\>8", "0"],
    ]);
    expect(
      [...latexOfTables([tableOf(["nn"], { trials: 2, untilConverged: 1 })])].join(""),
    ).toContain(" & \\textgreater{}2 & 0 & ");
  });

  it("has the exact intervals of such trials", () => {
    const { caption, rows } = markdown(tableOf(["nnnnnnnnnc"], { ...asked, trials: 20 }), true);
    expect(caption).toMatch(/; rates with 95 % intervals \(exact negative binomial\)\.$/);
    expect(rows[0][2]).toBe("10.0 (0.3–33.6)"); // as sampling-until.test.ts has it of mpmath
  });

  it("counts finished cells while the sweep is at work", () => {
    const { title, rows } = markdown(tableOf(["nnc", "nn"], asked));
    expect(title).toMatch(/\(sweep unfinished: 1 of 2 cells\)$/);
    expect(rows[1].slice(0, 2)).toEqual(["\\>2", "0"]);
  });
});

describe("where trials end once the rate is known well enough, a table", () => {
  const asked = { trials: 40, untilWidth: 0.3 };
  const known = "n".repeat(24);
  const unknown = "cn".repeat(20);

  it("shows how many there were, and marks those that were too few", () => {
    const { title, caption, heads, rows } = markdown(tableOf([known, unknown], asked));
    expect(title).toBe("### SGD, learning rate 0.1, width 2");
    expect(caption).toMatch(
      /^Trials until the rate's interval is 0.3 wide \(40 at most\), 3000 epochs; /,
    );
    expect(heads).toEqual(["trials", "total converged", ...MEANS]);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ["24", "0"],
      ["\\>40", "20"],
    ]);
  });

  it("has the confidence sequence of its rates", () => {
    const { caption, rows } = markdown(tableOf([known, unknown], asked), true);
    expect(caption).toMatch(/; rates with 95 % intervals \(confidence sequence\)\.$/);
    expect(rows[0][2]).toBe("0.0 (0.0–22.8)"); // SciPy, as in seeds.test.ts: 0.2281 wide
  });

  it("shows them also where all cells have as many, and keeps whole numbers in CSV", () => {
    const table = tableOf([unknown, unknown], asked);
    expect(markdown(table).rows.map(([trials]) => trials)).toEqual(["\\>40", "\\>40"]);
    const [head, line] = convergenceTableCsv(table).split("\n");
    const columns = head.split(",");
    expect(line.split(",")[columns.indexOf("Batch trials")]).toBe("40");
    expect(line.split(",")[columns.indexOf("Until width")]).toBe("0.3");
  });

  it("counts finished cells while the sweep is at work", () => {
    const { title } = markdown(tableOf([known, "nn"], asked));
    expect(title).toMatch(/\(sweep unfinished: 1 of 2 cells\)$/);
  });
});
