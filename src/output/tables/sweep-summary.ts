/** A sweep's convergence for a terminal, in one screen. */
import type { CellSummary } from "../../analysis/cell-summaries.js";
import { type Count, type PooledCounts, pooledCounts } from "../../analysis/pooled-counts.js";
import { listed, number } from "../../counted.js";
import { type AxisName, axisOf, type PartialCell } from "../../model/axes.js";
import { capitalized, headingOf, phrases, sameValue, valueText } from "../../model/cells.js";
import type { Connection } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";
import { CONNECTION_COLOUR } from "./console-tables.js";

/** With heads, notes and the prompt they fill a terminal of 24 lines. */
const MOST_ROWS = 12;
const LONGEST_BAR = 12;
/** Where bars would be shorter, the connections stand one below the other. */
const SHORTEST_BAR = 3;
const GAP = "  ";

/** @param columns how many characters a line of the terminal has */
export function sweepSummary(
  cells: readonly CellSummary[],
  columns: number,
  colours: Palette = PLAIN,
): string {
  const pooled = pooledCounts(cells, MOST_ROWS);
  const blocks = tablesOf(pooled, columns, colours).join("\n\n");
  const notes = [pooledNote(pooled), commonNote(pooled)].filter(Boolean);
  return [
    wrapped(colours.bold(conclusion(pooled)), columns),
    blocks,
    ...(notes.length > 0 ? [notes.map((note) => wrapped(note, columns)).join("\n")] : []),
  ].join("\n\n");
}

/** `Converged: 142 of 1,680 plain (8 %) and 850 of 1,680 late-residual (51 %)` */
function conclusion({ columns, totals }: PooledCounts): string {
  const connections = [...new Set(columns.map(({ connection }) => connection!))];
  const counts = connections.map((connection) => {
    const own = totals.filter((_, i) => columns[i].connection === connection);
    const converged = own.reduce((sum, count) => sum + count.converged, 0);
    const trials = own.reduce((sum, count) => sum + count.trials, 0);
    const share = trials === 0 ? "" : ` (${Math.round((100 * converged) / trials)} %)`;
    return `${number(converged)} of ${number(trials)} ${connection}${share}`;
  });
  return `Converged: ${listed(counts)}`;
}

/** `Each count is over 7 depths from 2 to 30 and widths 2 and 4.` */
function pooledNote({ pooled }: PooledCounts): string {
  if (pooled.length === 0) return "";
  return `Each count is over ${listed(pooled.map(({ name, values }) => valuesText(name, values)))}.`;
}

const MOST_LISTED = 3;

function valuesText(name: AxisName, values: readonly unknown[]): string {
  const { label, domain } = axisOf(name);
  const plural = label.endsWith("s") ? label : `${label}s`;
  const texts = values.map((value) => valueText(name, value));
  if (texts.length <= MOST_LISTED) return `${plural} ${listed(texts)}`;
  if (!domain.kind.endsWith("number")) return `${texts.length} ${plural}`;
  return `${texts.length} ${plural} from ${texts[0]} to ${texts.at(-1)}`;
}

function commonNote({ common }: PooledCounts): string {
  const names = Object.keys(common) as AxisName[];
  return names.length === 0 ? "" : `All have ${phrases(common, names)}.`;
}

/** One table or, where it would be too wide, one for each connection. */
function tablesOf(pooled: PooledCounts, columns: number, colours: Palette): string[] {
  const all = pooled.columns.map((_, i) => i);
  if (barLength(pooled, all, columns) >= SHORTEST_BAR)
    return [tableOf(pooled, all, columns, colours)];
  const connections = [...new Set(pooled.columns.map(({ connection }) => connection))];
  return connections.map((connection) => {
    const own = all.filter((i) => pooled.columns[i].connection === connection);
    return tableOf(pooled, own, columns, colours);
  });
}

/** What is left beside the text; below 0 where not even that has room. */
function barLength(pooled: PooledCounts, shown: readonly number[], columns: number): number {
  const labels = labelWidths(pooled).reduce((sum, width) => sum + width + GAP.length, 0);
  const own = Math.floor((columns - labels + GAP.length) / shown.length);
  return Math.min(LONGEST_BAR, own - GAP.length - countWidth(pooled, shown) - 1);
}

function tableOf(
  pooled: PooledCounts,
  shown: readonly number[],
  columns: number,
  colours: Palette,
): string {
  const bar = Math.max(0, barLength(pooled, shown, columns));
  const labels = labelWidths(pooled);
  const count = countWidth(pooled, shown);
  const width = Math.max(
    count + (bar > 0 ? bar + 1 : 0),
    ...shown.map((i) => styleOf(pooled.columns[i]).length),
  );
  const line = (left: readonly string[], right: readonly string[]) =>
    [...left.map((text, i) => text.padEnd(labels[i])), ...right].join(GAP).trimEnd();
  const counts = (of: readonly (Count | undefined)[]) =>
    shown.map((i) => {
      const colour = colours[CONNECTION_COLOUR[pooled.columns[i].connection as Connection]];
      const drawn = barOf(of[i], bar);
      const text = `${countText(of[i]).padStart(count)} `;
      const rest = " ".repeat(Math.max(0, width - text.length - drawn.length));
      return `${text}${drawn && colour(drawn)}${rest}`;
    });
  const heads = pooled.rowAxes.map(headOf);
  const total = pooled.rowAxes.map((_, i) => (i === 0 ? "All" : ""));
  return [
    line(
      heads.map(([above]) => above),
      connectionHeads(pooled, shown, width),
    ),
    line(
      heads.map(([, below]) => below),
      shown.map((i) => styleOf(pooled.columns[i]).padEnd(width)),
    ),
    ...pooled.rows.map((row, i) =>
      line(labelsOf(pooled, row.axes, pooled.rows[i - 1]?.axes), counts(row.counts)),
    ),
    ...(pooled.rows.length > 1 ? [line(total, counts(pooled.totals))] : []),
  ].join("\n");
}

/** Over the first of a connection's columns each, as many words as there are columns. */
function connectionHeads(
  { columns }: PooledCounts,
  shown: readonly number[],
  width: number,
): string[] {
  return shown.map((index, i) => {
    const { connection } = columns[index];
    const isFirst = i === 0 || columns[shown[i - 1]].connection !== connection;
    return (isFirst ? headingOf("connection", connection) : "").padEnd(width);
  });
}

/** `Iterative` */
function styleOf(column: PartialCell): string {
  const names = (Object.keys(column) as AxisName[]).filter((name) => name !== "connection");
  return names.map((name) => headingOf(name, column[name])).join(", ");
}

/** What a row has alike with the one above it stands there already. */
function labelsOf(
  { rowAxes }: PooledCounts,
  axes: PartialCell,
  above: PartialCell | undefined,
): string[] {
  const firstNew = rowAxes.findIndex((name) => !above || !sameValue(axes[name], above[name]));
  return rowAxes.map((name, i) => (i < firstNew ? "" : labelOf(name, axes[name])));
}

/** `Adam`, `0.01` */
function labelOf(name: AxisName, value: unknown): string {
  const { domain } = axisOf(name);
  return domain.kind === "choice" ? headingOf(name, value) : valueText(name, value);
}

function labelWidths({ rowAxes, rows }: PooledCounts): number[] {
  return rowAxes.map((name, i) =>
    Math.max(
      i === 0 && rows.length > 1 ? "All".length : 0,
      ...headOf(name).map(({ length }) => length),
      ...rows.map(({ axes }) => labelOf(name, axes[name]).length),
    ),
  );
}

/** In two lines: `Learning`, `rate`. */
function headOf(name: AxisName): [string, string] {
  const [first, ...others] = capitalized(axisOf(name).label).split(" ");
  return others.length === 0 ? ["", first] : [first, others.join(" ")];
}

function countWidth({ rows, totals }: PooledCounts, shown: readonly number[]): number {
  const counts = shown.flatMap((i) => [...rows.map((row) => row.counts[i]), totals[i]]);
  return Math.max(...counts.map((count) => countText(count).length));
}

/** `34/140`; nothing where there is no such cell. */
function countText(count: Count | undefined): string {
  return count ? `${number(count.converged)}/${number(count.trials)}` : "";
}

const EIGHTHS = " ▏▎▍▌▋▊▉█";

/** In eighths of a character; whatever is not nothing shows. */
function barOf(count: Count | undefined, length: number): string {
  if (!count || count.trials === 0) return "";
  const exact = Math.round((8 * length * count.converged) / count.trials);
  const eighths = count.converged > 0 ? Math.max(1, exact) : 0;
  return `${EIGHTHS[8].repeat(eighths >> 3)}${EIGHTHS[eighths & 7]}`.trimEnd();
}
