/** A plot's numbers as a Markdown table: what runs along the x axis in columns, all else in rows. */
import type { ShownPlot } from "../../analysis/account.js";
import { grouped } from "../../model/grouped.js";
import { percent } from "./account-words.js";
import { markdownTable } from "./markdown.js";

const NO_AXES = ["measure", "value", "low", "high", "trials", "cells", "printed"];

type Row = ShownPlot["rows"][number];

export function plotMarkdown({ rows, across, isPercent }: ShownPlot): string {
  const [first] = rows;
  const measures = new Set(rows.map(({ measure }) => measure));
  const axes = Object.keys(first).filter((name) => name !== across && !NO_AXES.includes(name));
  const labels = [...(measures.size > 1 ? ["measure"] : []), ...axes];
  const columns = [...new Set(rows.map((row) => row[across]))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const lines = [...grouped(rows, (row) => labels.map((name) => row[name]).join("\n")).values()];
  const number = (value: unknown) =>
    isPercent ? percent(Number(value)) : Number(Number(value).toPrecision(3)).toString();
  const cell = (row: Row | undefined) => {
    if (!row) return "";
    const { value, printed } = row;
    return printed === undefined || printed === null
      ? number(value)
      : `${number(value)} (${number(printed)})`;
  };
  return markdownTable(
    [...labels.map(words), ...columns.map((column) => `${words(across)} ${chosen(column)}`)],
    lines.map((own) => [
      ...labels.map((name) => words(String(own[0][name]))),
      ...columns.map((column) => cell(own.find((row) => row[across] === column))),
    ]),
    [...labels.map(() => "l" as const), ...columns.map(() => "r" as const)],
  );
}

function chosen(value: unknown): string {
  return typeof value === "number"
    ? value.toLocaleString("en-US", { maximumSignificantDigits: 15 })
    : String(value);
}

function words(name: string): string {
  return name.replaceAll("_", " ");
}
