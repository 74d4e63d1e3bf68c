/** A figure's table as lines of text, for tests to compare. */
import { csvLines } from "#lrn/output/formats/csv.js";
import { DIFFERS, type FigureTable } from "#lrn/output/tables/figure-table.js";

/**
 * Ours and the thesis's in columns of their own; `*` stays behind a number that differs. Means with a
 * reach have a column for it.
 */
export function figureTableLines({ labels, groups, rows }: FigureTable): string {
  const reaches = groups.map(({ measures }, group) =>
    measures.map((_, measure) =>
      rows.some(({ parts }) => parts[group].pairs[measure]?.reach !== undefined),
    ),
  );
  const head = groups.flatMap(({ name, measures }, group) =>
    measures.flatMap((measure, i) =>
      ["ours", ...(reaches[group][i] ? ["ours ±"] : []), "thesis"].map((whose) =>
        [measure, name, whose].filter(Boolean).join(", "),
      ),
    ),
  );
  const lines = rows.map((row) => [
    ...row.labels,
    ...row.parts.flatMap(({ pairs, rest }, group) =>
      groups[group].measures.flatMap((_, i) => {
        const pair = pairs[i];
        const first = i === pairs.length ? (rest ?? "") : "";
        if (!pair) return [first, ...(reaches[group][i] ? [""] : []), first];
        const ours = pair.differs ? `${pair.ours}${DIFFERS}` : pair.ours;
        return [ours, ...(reaches[group][i] ? [pair.reach ?? ""] : []), pair.thesis];
      }),
    ),
  ]);
  return csvLines([[...labels, ...head], ...lines]);
}
