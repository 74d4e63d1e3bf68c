/** Arranges cells as the thesis prints them: a table per width, optimizer and learning rate. */
import {
  CONNECTIONS,
  type Connection,
  type Optimizer,
  TRAINING_STYLES,
  type TrainingStyle,
} from "../model/trial.js";
import type { CellSummary } from "./cells.js";

/** Something for each training style that the sweep has. */
export type ByStyle<Value> = Partial<Readonly<Record<TrainingStyle, Value>>>;

/** Both halves of one row; a style that the sweep did not ask for at this depth is absent. */
export interface ConvergenceRow {
  readonly depth: number;
  readonly connection: Connection;
  readonly cells: ByStyle<CellSummary>;
}

export interface ConvergenceTable {
  readonly width: number;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** The styles that any row has, iterative first. */
  readonly styles: readonly TrainingStyle[];
  /** By depth, plain above late-residual. */
  readonly rows: readonly ConvergenceRow[];
  /** Converged trials per connection, over all depths; plain above late-residual. */
  readonly totals: readonly {
    readonly connection: Connection;
    readonly converged: ByStyle<number>;
  }[];
}

/** Tables by width, optimizer and falling learning rate. */
export function convergenceTables(cells: readonly CellSummary[]): ConvergenceTable[] {
  const groups = groupBy(cells, ({ cell }) =>
    [cell.width, cell.optimizer, cell.learningRate].join(),
  );
  return groups
    .map(tableOf)
    .sort(
      (a, b) =>
        a.width - b.width ||
        a.optimizer.localeCompare(b.optimizer) ||
        b.learningRate - a.learningRate,
    );
}

function tableOf(cells: readonly CellSummary[]): ConvergenceTable {
  const { width, optimizer, learningRate } = cells[0].cell;
  const rows = groupBy(cells, ({ cell }) => [cell.depth, cell.connection].join())
    .map(rowOf)
    .sort(
      (a, b) =>
        a.depth - b.depth || CONNECTIONS.indexOf(a.connection) - CONNECTIONS.indexOf(b.connection),
    );
  const styles = TRAINING_STYLES.filter((style) => rows.some((row) => row.cells[style]));
  const connections = CONNECTIONS.filter((name) => rows.some((row) => row.connection === name));
  const totals = connections.map((connection) => ({
    connection,
    converged: Object.fromEntries(
      styles.map((style) => [style, totalConverged(rows, connection, style)]),
    ),
  }));
  return { width, optimizer, learningRate, styles, rows, totals };
}

function rowOf(cells: readonly CellSummary[]): ConvergenceRow {
  const { depth, connection } = cells[0].cell;
  const byStyle = Object.fromEntries(cells.map((summary) => [summary.cell.trainingStyle, summary]));
  return { depth, connection, cells: byStyle };
}

function totalConverged(
  rows: readonly ConvergenceRow[],
  connection: Connection,
  style: TrainingStyle,
): number {
  return rows
    .filter((row) => row.connection === connection)
    .reduce((total, row) => total + (row.cells[style]?.converged ?? 0), 0);
}

/** Groups in the order in which their first members come. */
function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}
