import { describe, expect, it } from "vitest";
import { mapCounts } from "#lrn/analysis/convergence-tables.js";
import { convergenceTableCsv, convergenceTablesCsv } from "#lrn/output/formats/csv.js";
import { latexOfTables } from "#lrn/output/formats/latex.js";
import { markdownOfTables } from "#lrn/output/formats/markdown.js";
import { consoleTable } from "#lrn/output/tables/console-tables.js";
import { FIGURE_4_3 as table } from "./figure-4-3.js";

describe("a table made of the thesis's Figure 4.3 prints what the thesis prints", () => {
  it("as CSV", () => {
    const lines = convergenceTableCsv(table).trimEnd().split("\n");
    expect(lines[0]).toBe(
      "Depth,Connection,Iterative total converged,Iterative dead neurons,Iterative dead layers," +
        "Iterative training time (ms),Batch total converged,Batch dead neurons,Batch dead layers," +
        "Batch training time (ms),Iterative trials,Iterative diverged,Iterative failed," +
        "Iterative rate low,Iterative rate high,Batch trials,Batch diverged,Batch failed," +
        "Batch rate low,Batch rate high,Epochs,Converged RMSE at most",
    );
    const printed = lines.map((line) => line.split(",").slice(0, 10).join());
    expect(printed[1]).toBe("2,plain,4,0.75,0.00,494.000,5,0.40,0.00,513.000");
    expect(printed[5]).toBe("10,plain,0,DID NOT CONVERGE,,,0,DID NOT CONVERGE,,");
    expect(printed[14]).toBe("30,late-residual,4,36.75,11.25,5342.000,4,36.25,11.00,5382.000");
    expect(printed[15]).toBe("total,plain,6,,,,7,,,");
    expect(printed[16]).toBe("total,late-residual,39,,,,38,,,");
    expect(lines).toHaveLength(17);
    // SciPy: binomtest(4, 10).proportion_ci(method="wilson"), and of 5.
    expect(lines[1]).toMatch(/,10,0,0,0.1682,0.6873,10,0,0,0.2366,0.7634,3000,0.07$/);
    expect(lines[15]).toMatch(/,70,0,0,,,70,0,0,,,3000,0.07$/);
  });

  it("on the console", () => {
    expect(consoleTable(table)).toMatchSnapshot();
  });

  it.each([60, 80, 120])("on a console of %i columns", (columns) => {
    const text = consoleTable(table, undefined, { columns });
    expect(text).toMatchSnapshot();
    const lines = text.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(text.match(/4\.91|5382\.000/g)).toEqual(consoleTable(table).match(/4\.91|5382\.000/g));
  });

  it("on a console of 80 columns with four axes in its rows, those in two lines", () => {
    const further = {
      connection: "late-residual-frozen",
      activation: { name: "leaky-relu", slope: 0.01 },
      initialization: "he-uniform",
    } as const;
    const wide = {
      ...table,
      rows: table.rows.map((row) => ({ ...row, axes: { ...row.axes, ...further } })),
      totals: table.totals.map((total) => ({ ...total, axes: { ...total.axes, ...further } })),
    };
    const text = consoleTable(wide, undefined, { columns: 80 });
    const lines = text.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(
      /│ +2│late-residual-│leaky-relu│he-uniform│ +4│ +0\.75│.+\n│ +│frozen +│0\.01 +│ +│/,
    );
    expect(text).toContain("│Initial-  │");
    expect(text).toMatch(/│ +leaky-relu 0\.01,│/);
    const roomy = consoleTable(wide, undefined, { columns: 200 });
    expect(roomy).toMatch(/│ late-residual-frozen +│ leaky-relu 0\.01 +│ he-uniform +│/);
  });

  it("as one CSV with other tables, each in the columns of all", () => {
    const batchOnly = {
      ...table,
      title: { ...table.title, width: 4 },
      groups: table.groups.slice(1),
      rows: table.rows.map((row) => ({ ...row, cells: row.cells.slice(1) })),
      totals: table.totals.map((total) => ({
        ...total,
        ...mapCounts((count) => total[count].slice(1)),
      })),
    };
    const lines = [...convergenceTablesCsv([batchOnly, table])].join("").trimEnd().split("\n");
    expect(lines[0]).toMatch(
      /^Width,Optimizer,Learning rate,Depth,Connection,Iterative total conv/,
    );
    expect(lines).toHaveLength(1 + 2 * 16);
    expect(lines[17]).toMatch(/^2,adam,0.01,2,plain,4,0.75,0.00,494.000,5,0.40,0.00,513.000,10,/);
    expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([25]));
  });

  it("as Markdown", () => {
    const text = [...markdownOfTables([table])].join("");
    expect(text).toMatch(
      /^### Adam, learning rate 0\.01, width 2\n\n10 trials per cell, 3000 epochs; converged: RMSE at most 0\.07\.\n\n\| Depth \| Connection /,
    );
    const rows = text.split("\n").filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(2 + 16);
    const cells = rows[2].split("|").map((cell) => cell.trim());
    expect(cells.slice(1, -1).join()).toBe("2,plain,4,0.75,0.00,494.000,5,0.40,0.00,513.000");
  });

  it("as LaTeX", () => {
    const text = [...latexOfTables([table])].join("");
    expect(text).toMatchSnapshot();
    const rows = text.split("\n").filter((line) => / \\\\$/.test(line));
    const columns = rows.map((row) => {
      const spans = [...row.matchAll(/\\multicolumn\{(\d)\}/g)].map(([, span]) => Number(span) - 1);
      return row.split(" & ").length + spans.reduce((total, span) => total + span, 0);
    });
    expect(new Set(columns)).toEqual(new Set([10]));
  });
});
