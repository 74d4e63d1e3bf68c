/** A table of the thesis with our numbers beside its own, as plain rows; every format only sets them. */
import type { ThesisConnection } from "../../thesis/experiment.js";

/** One number of ours and the thesis's, as text; empty where there is none. */
export interface Pair {
  readonly ours: string;
  readonly thesis: string;
  /** Half of the 95 % interval around ours, where ours is a mean. */
  readonly reach?: string;
  /** The two differ by more than the table's notes can excuse. */
  readonly differs?: boolean;
}

/** A row's part under one group of columns. */
export interface RowPart {
  /** One for each measure, or fewer where `rest` stands for the others. */
  readonly pairs: readonly Pair[];
  readonly rest?: string;
}

export interface FigureTableRow {
  /** What the row's colour says; its labels say the same. */
  readonly tone: ThesisConnection | "total" | "neutral";
  /** One for each of the table's labels. */
  readonly labels: readonly string[];
  /** One for each of the table's groups. */
  readonly parts: readonly RowPart[];
}

export interface FigureTable {
  /** What one sees. */
  readonly title: string;
  /** What was trained, and how often. */
  readonly subtitle: string;
  /** Headings of the columns that name a row. */
  readonly labels: readonly string[];
  /** Groups of columns; each measure is a column of ours and one of the thesis's. */
  readonly groups: readonly { readonly name: string; readonly measures: readonly string[] }[];
  readonly rows: readonly FigureTableRow[];
  readonly notes: readonly string[];
}

/** A number of ours with its reach. */
export function withReach({ ours, reach }: Pair): string {
  return reach === undefined ? ours : `${ours} ± ${reach}`;
}

/** What stands behind a number of ours that differs from the thesis's, so that no colour has to say it. */
export const DIFFERS = "*";

export function oursAsText(pair: Pair): string {
  return pair.differs ? `${withReach(pair)}${DIFFERS}` : withReach(pair);
}
