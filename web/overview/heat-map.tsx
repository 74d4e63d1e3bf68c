/** A convergence table of the thesis's shape as a heat map: each cell leads to its trials. */
import type { CellSummary } from "../../src/analysis/cell-summaries.js";
import type { ConvergenceTable } from "../../src/analysis/convergence-tables.js";
import { number } from "../../src/counted.js";
import { AXIS_NAMES, axisOf, type PartialCell } from "../../src/model/axes.js";
import { capitalized, headingOf } from "../../src/model/cells.js";
import type { PublishedCount } from "../../src/output/page/page-data.js";

interface HeatMapProps {
  readonly table: ConvergenceTable;
  readonly linkOf: (summary: CellSummary) => string;
  /** Given where the thesis's counts are shown. */
  readonly publishedOf: ((summary: CellSummary) => PublishedCount | undefined) | undefined;
}

export function HeatMap({ table, linkOf, publishedOf }: HeatMapProps) {
  const names = AXIS_NAMES.filter((name) => name in table.rows[0].axes);
  return (
    <div class="scrolled">
      <table class="heat-map">
        <caption>{headings(table.title)}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {capitalized(axisOf(name).label)}
              </th>
            ))}
            {table.groups.map((group, i) => (
              <th key={i} scope="col">
                {headings(group)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ axes, cells }, row) => (
            <tr key={row}>
              {names.map((name) => (
                <th key={name} scope="row">
                  {name === "depth" ? axes.depth : headingOf(name, axes[name])}
                </th>
              ))}
              {cells.map((summary, i) => (
                <HeatCell
                  key={i}
                  summary={summary}
                  href={summary && linkOf(summary)}
                  published={summary && publishedOf?.(summary)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeatCellProps {
  readonly summary: CellSummary | undefined;
  readonly href: string | undefined;
  readonly published: PublishedCount | undefined;
}

/** Shades from none to all, so that neighbours differ little. */
const SHADES = 10;

function HeatCell({ summary, href, published }: HeatCellProps) {
  if (!summary?.rate) return <td class="empty">–</td>;
  const { converged, trials, rate } = summary;
  return (
    <td class={`rate shade-${Math.round(rate.value * SHADES)}`}>
      <a href={href}>
        {number(converged)} of {number(trials)}
        <small>
          {rate.low.toFixed(2)} to {rate.high.toFixed(2)}
        </small>
        {published && (
          <small>
            thesis: {published.converged} of {published.trials}
          </small>
        )}
      </a>
    </td>
  );
}

function headings(axes: PartialCell): string {
  const names = AXIS_NAMES.filter((name) => name in axes);
  return capitalized(names.map((name) => headingOf(name, axes[name])).join(", "));
}
