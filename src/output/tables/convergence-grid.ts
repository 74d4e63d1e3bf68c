/** A convergence table as text cells, in the thesis's columns; every format takes its text from here. */
import type { CellSummary } from "../../analysis/cell-summaries.js";
import { type ConvergenceTable, mapCounts } from "../../analysis/convergence-tables.js";
import { AXIS_NAMES, type AxisName, axisOf, type PartialCell } from "../../model/axes.js";
import { capitalized, compareCells, headingOf, sameValue, valueText } from "../../model/cells.js";
import type { Connection } from "../../model/trial.js";
import { type CountColumn, countColumns, type TableChoices } from "./count-columns.js";
import { type MeanColumn, meanColumns } from "./mean-columns.js";

export const DID_NOT_CONVERGE = "DID NOT CONVERGE";

/** What a row has below a group of columns. */
export interface GridPart {
  /** One for each column of counts. */
  readonly counts: readonly string[];
  /** One for each of the means. */
  readonly means: readonly string[];
  /** Why a cell has no means, to stand across their columns. */
  readonly instead?: string;
}

export interface GridRow {
  readonly kind: "cell" | "total";
  readonly connection: Connection;
  /** The values of the row's axes; those of a row of totals have no depth. */
  readonly labels: readonly string[];
  /** In the table's order of groups. */
  readonly groups: readonly GridPart[];
}

/** What each group of columns shows: counts, then means. */
export interface GridColumns {
  readonly counts: readonly CountColumn[];
  readonly means: readonly MeanColumn[];
}

/** For readers: the counts that a table needs, and what was chosen. */
export function gridColumns(table: ConvergenceTable, choices: TableChoices = {}): GridColumns {
  return { counts: countColumns(table, choices), means: meanColumns(choices.dead) };
}

/** The names of one group's columns. */
export function headsOf({ counts, means }: GridColumns): string[] {
  return [...counts, ...means].map(({ head }) => head);
}

export function gridRows(table: ConvergenceTable, columns: GridColumns): GridRow[] {
  const cells = table.rows.map(
    ({ axes, cells }): GridRow => ({
      kind: "cell",
      connection: axes.connection!,
      labels: labelsOf(axes),
      groups: cells.map((cell) => partOf(cell, columns)),
    }),
  );
  const totals = table.totals.map(
    (total): GridRow => ({
      kind: "total",
      connection: total.axes.connection!,
      labels: labelsOf(total.axes),
      groups: table.groups.map((_, group) => ({
        counts: columns.counts.map(({ counts }) =>
          counts ? String(total[counts][group] ?? "") : "",
        ),
        means: columns.means.map(() => ""),
      })),
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
export function gridHead(table: ConvergenceTable, columns: GridColumns): string[] {
  return [...rowHeads(table), ...groupHeads(table, headsOf(columns))];
}

/** `Iterative dead neurons`: these columns of every group, a group after the other. */
export function groupHeads(
  { groups }: Pick<ConvergenceTable, "groups">,
  heads: readonly string[],
): string[] {
  return groups.flatMap((group) => heads.map((head) => `${groupName(group)} ${withSmall(head)}`));
}

function withSmall(head: string): string {
  return head.charAt(0).toLowerCase() + head.slice(1);
}

/** A row of a flat table, below `gridHead`'s names. */
export function gridLine({ kind, labels, groups }: GridRow): string[] {
  const parts = groups.flatMap(({ counts, means, instead }) => [
    ...counts,
    ...(instead === undefined ? means : [instead, ...means.slice(1).map(() => "")]),
  ]);
  return [...(kind === "total" ? ["total"] : []), ...labels, ...parts];
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
        ...mapCounts((count) => at.map((i) => total[count][i] ?? null)),
      })),
    };
  });
}

function partOf(cell: CellSummary | undefined, columns: GridColumns): GridPart {
  const none = columns.means.map(() => "");
  if (!cell) return { counts: columns.counts.map(() => ""), means: none };
  const counts = columns.counts.map(({ text }) => text(cell));
  if (cell.trials === 0) return { counts, means: none };
  const { means } = cell;
  if (!means) return { counts, means: none, instead: withoutMeans(cell) };
  return { counts, means: columns.means.map(({ text }) => text(means)) };
}

/** Trials that overflowed or broke say nothing of whether others would converge. */
function withoutMeans({ trials, diverged, failed }: CellSummary): string {
  if (diverged === trials) return "ALL DIVERGED";
  return failed === trials ? "ALL FAILED" : DID_NOT_CONVERGE;
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
