/** A plot's rows for a terminal: what it shows, in a table small enough to be read. */
import { counted } from "../../counted.js";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";
import type { ResultRows, Value } from "./result-rows.js";
import { tableOfRows } from "./row-table.js";

const MOST_ROWS = 40;
/** With more of them a line of 80 characters has no room for how many trials there are. */
const MOST_AXES_BESIDE_TRIALS = 3;

export interface PlotText {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** With columns measure, low, high, trials and cells. */
  readonly rows: ResultRows;
}

/** Without what every row has alike, and with each interval in one column. @param width characters of a line */
export function plotTable(
  { title, subtitle, rows }: PlotText,
  width: number,
  colours: Palette = PLAIN,
): string {
  const all = [...rows.parts].flat();
  const at = (name: string) => rows.columns.findIndex((column) => column.name === name);
  const [low, high] = [at("low"), at("high")];
  const isConstant = (index: number) => all.every((row) => row[index] === all[0][index]);
  const left = new Set([low, high, at("cells")]);
  for (const index of [at("measure"), at("trials")]) if (isConstant(index)) left.add(index);
  if (at("value") - 1 > MOST_AXES_BESIDE_TRIALS) left.add(at("trials"));
  const kept = rows.columns.flatMap((column, index) =>
    left.has(index) ? [] : [{ column, index }],
  );
  const table: ResultRows = {
    columns: [...kept.map(({ column }) => column), { name: "interval", type: "text" }],
    parts: [
      all
        .slice(0, MOST_ROWS)
        .map((row) => [...kept.map(({ index }) => row[index]), interval(row[low], row[high])]),
    ],
  };
  const rest = all.length - MOST_ROWS;
  return [
    colours.bold(wrapped(title, width)),
    ...subtitle.map((line) => wrapped(line, width)),
    [...tableOfRows(table, width)].join("").trimEnd(),
    ...(rest > 0 ? [`${counted(rest, "more row")}; --json prints all of them`] : []),
  ].join("\n");
}

function interval(low: Value, high: Value): Value {
  return low === null || high === null ? null : `${digits(low)}–${digits(high)}`;
}

/** Three decimals below 1, so that the widest interval is not cut; of what is smaller, two digits. */
function digits(value: Value): string {
  const number = Number(value);
  const isSmall = Math.abs(number) < 0.01;
  return String(
    Number(
      Math.abs(number) < 1 && !isSmall ? number.toFixed(3) : number.toPrecision(isSmall ? 2 : 3),
    ),
  );
}
