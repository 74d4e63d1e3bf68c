/** A convergence table as text cells, in the thesis's columns; every format takes its text from here. */
import type { CellSummary } from "../../analysis/cell-summaries.js";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import { AXIS_NAMES, type AxisName, axisOf, type PartialCell } from "../../model/axes.js";
import { capitalized, compareCells, headingOf, sameValue, valueText } from "../../model/cells.js";
import type { Connection } from "../../model/trial.js";

/** The four columns that each group of columns has. Means are over the converged trials. */
export const GROUP_COLUMNS = [
  "Total converged",
  "Dead neurons",
  "Dead layers",
  "Training time (ms)",
] as const;

export const DID_NOT_CONVERGE = "DID NOT CONVERGE";

export interface GridRow {
  readonly kind: "cell" | "total";
  readonly connection: Connection;
  /** The values of the row's axes; those of a row of totals have no depth. */
  readonly labels: readonly string[];
  /** The four columns of each group, in the table's order of groups. */
  readonly groups: readonly (readonly string[])[];
}

export function gridRows(table: ConvergenceTable): GridRow[] {
  const cells = table.rows.map(
    ({ axes, cells }): GridRow => ({
      kind: "cell",
      connection: axes.connection!,
      labels: labelsOf(axes),
      groups: cells.map(columnsOf),
    }),
  );
  const totals = table.totals.map(
    ({ axes, converged }): GridRow => ({
      kind: "total",
      connection: axes.connection!,
      labels: labelsOf(axes),
      groups: converged.map((count) => [String(count ?? ""), "", "", ""]),
    }),
  );
  return [...cells, ...totals];
}

function labelsOf(axes: PartialCell): string[] {
  return namesIn(axes).map((name) => valueText(name, axes[name]));
}

/** `Depth`, `Connection`: the heads of a row's labels. */
export function rowHeads({ rows }: Pick<ConvergenceTable, "rows">): string[] {
  return namesIn(rows[0]?.axes ?? {}).map((name) => capitalized(axisOf(name).label));
}

/** `Iterative`: what stands over a group of columns. */
export function groupName(group: PartialCell): string {
  return namesIn(group)
    .map((name) => headingOf(name, group[name]))
    .join(", ");
}

/** Column names of a flat table, where no heading can span several columns. */
export function gridHead(table: ConvergenceTable): string[] {
  const columns = table.groups.flatMap((group) =>
    GROUP_COLUMNS.map((column) => `${groupName(group)} ${column.toLowerCase()}`),
  );
  return [...rowHeads(table), ...columns];
}

/** A row of a flat table, below `gridHead`'s names. */
export function gridLine({ kind, labels, groups }: GridRow): string[] {
  return [...(kind === "total" ? ["total"] : []), ...labels, ...groups.flat()];
}

/** The tables with the groups of columns of all of them, so that they can share one head. */
export function inOneGrid(tables: readonly ConvergenceTable[]): ConvergenceTable[] {
  const groups: PartialCell[] = [];
  for (const group of tables.flatMap((table) => table.groups)) {
    if (!groups.some((known) => sameValue(known, group))) groups.push(group);
  }
  groups.sort(compareCells);
  return tables.map((table) => {
    const at = groups.map((group) => table.groups.findIndex((own) => sameValue(own, group)));
    return {
      ...table,
      groups,
      rows: table.rows.map((row) => ({ ...row, cells: at.map((i) => row.cells[i]) })),
      totals: table.totals.map((total) => ({
        ...total,
        converged: at.map((i) => total.converged[i] ?? null),
      })),
    };
  });
}

/** Two, two and three decimals, as the thesis prints them. */
function columnsOf(cell: CellSummary | undefined): string[] {
  if (!cell || cell.trials === 0) return ["", "", "", ""];
  if (!cell.means) return ["0", DID_NOT_CONVERGE, "", ""];
  const { deadNeurons, deadLayers, trainMs } = cell.means;
  return [
    String(cell.converged),
    deadNeurons.toFixed(2),
    deadLayers.toFixed(2),
    trainMs.toFixed(3),
  ];
}

/** `Adam, learning rate 0.01, width 2`: the axis of the tables' folders comes last. */
export function tableTitle({ title }: Pick<ConvergenceTable, "title">): string {
  const [folder, ...others] = namesIn(title).map((name) => headingOf(name, title[name]));
  return capitalized([...others, folder].join(", "));
}

/** The parts of a table's name, no other table's of its sweep: `width-2`, `adam`, `lr-0.01`. */
export function tableSlugs({ title }: Pick<ConvergenceTable, "title">): string[] {
  return namesIn(title).map((name) => axisOf(name).slug(title[name]));
}

/** A title's axes and values as columns of their own. */
export function titleColumns({ title }: Pick<ConvergenceTable, "title">) {
  const names = namesIn(title);
  return {
    heads: names.map((name) => capitalized(axisOf(name).label)),
    values: names.map((name) => valueText(name, title[name])),
  };
}

function namesIn(axes: PartialCell): AxisName[] {
  return AXIS_NAMES.filter((name) => axes[name] !== undefined);
}
