/** A figure's table as CSV. */
import { type FigureTable, oursAsText } from "../tables/figure-table.js";
import { csvLines } from "./csv.js";

/** Ours and the thesis's in columns of their own; `*` stays behind a number that differs. */
export function figureTableCsv({ labels, groups, rows }: FigureTable): string {
  const head = groups.flatMap(({ name, measures }) =>
    measures.flatMap((measure) =>
      ["ours", "thesis"].map((whose) => [measure, name, whose].filter(Boolean).join(", ")),
    ),
  );
  const lines = rows.map((row) => [
    ...row.labels,
    ...row.parts.flatMap(({ pairs, rest }, index) => {
      const empty = groups[index].measures.slice(pairs.length).flatMap(() => ["", ""]);
      const cells = pairs.flatMap((pair) => [oursAsText(pair), pair.thesis]);
      return [...cells, ...empty.map((text, i) => (i < 2 ? (rest ?? text) : text))];
    }),
  ]);
  return csvLines([[...labels, ...head], ...lines]);
}
