/** A convergence table as text cells, in the thesis's columns; every format takes its text from here. */
import type { CellSummary } from "../../analysis/cells.js";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import { type Connection, TRAINING_STYLES } from "../../model/trial.js";

/** The four columns that each training style has. Means are over the converged trials. */
export const STYLE_COLUMNS = [
  "Total converged",
  "Dead neurons",
  "Dead layers",
  "Training time (ms)",
] as const;

export const STYLE_NAMES = { iterative: "Iterative", batch: "Batch" } as const;

export const DID_NOT_CONVERGE = "DID NOT CONVERGE";

export interface GridRow {
  readonly kind: "cell" | "total";
  readonly connection: Connection;
  /** Depth, or nothing in a row of totals. */
  readonly depth: string;
  /** The four columns of each style, in the table's order of styles. */
  readonly halves: readonly (readonly string[])[];
}

export function gridRows(table: ConvergenceTable): GridRow[] {
  const cells = table.rows.map(
    ({ depth, connection, cells }): GridRow => ({
      kind: "cell",
      connection,
      depth: String(depth),
      halves: table.styles.map((style) => columnsOf(cells[style])),
    }),
  );
  const totals = table.totals.map(
    ({ connection, converged }): GridRow => ({
      kind: "total",
      connection,
      depth: "",
      halves: table.styles.map((style) => [String(converged[style] ?? 0), "", "", ""]),
    }),
  );
  return [...cells, ...totals];
}

/** Column names of a flat table, where no heading can span several columns. */
export function gridHead({ styles }: Pick<ConvergenceTable, "styles">): string[] {
  const columns = styles.flatMap((style) =>
    STYLE_COLUMNS.map((column) => `${STYLE_NAMES[style]} ${column.toLowerCase()}`),
  );
  return ["Depth", "Connection", ...columns];
}

/** A row of a flat table, below `gridHead`'s names. */
export function gridLine({ kind, connection, depth, halves }: GridRow): string[] {
  return [kind === "total" ? "total" : depth, connection, ...halves.flat()];
}

/** The tables with the training styles of all of them, so that they can share one head. */
export function inOneGrid(tables: readonly ConvergenceTable[]): ConvergenceTable[] {
  const styles = TRAINING_STYLES.filter((style) =>
    tables.some((table) => table.styles.includes(style)),
  );
  return tables.map((table) => ({ ...table, styles }));
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

/** `Adam, learning rate 0.01, width 2` */
export function tableTitle({ optimizer, learningRate, width }: ConvergenceTable): string {
  const name = optimizer === "adam" ? "Adam" : "SGD";
  return `${name}, learning rate ${learningRate}, width ${width}`;
}
