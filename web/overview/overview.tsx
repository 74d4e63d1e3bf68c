/** What was swept and what came of it: totals, rates along an axis, and tables that lead to cells. */
import { useMemo } from "preact/hooks";
import type { CellSummary } from "../../src/analysis/cell-summaries.js";
import { convergenceTables } from "../../src/analysis/convergence-tables.js";
import { type Dimension, isNumeric, labelOf } from "../../src/analysis/dimensions.js";
import { counted, number } from "../../src/counted.js";
import { type AxisName, axisOf } from "../../src/model/axes.js";
import { capitalized, differingAxes } from "../../src/model/cells.js";
import { fragmentOf, type Selection } from "../selection.js";
import { cellsWith, placeOf, type Report } from "../unpack-report.js";
import { Filter, Filters } from "./filters.js";
import { HeatMap } from "./heat-map.js";
import { RatesChart } from "./rates-chart.js";
import { Totals } from "./totals.js";

/** More at once are slow, and nobody reads them. */
const FIRST_TABLES = 6;

interface OverviewProps {
  readonly report: Report;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

export function Overview({ report, selection, select }: OverviewProps) {
  const { where, more } = selection;
  const shown = useMemo(() => cellsWith(report, where), [report, where]);
  const summaries = shown.map((index) => report.summaries[index]);
  const tables = useMemo(() => (shown.length === 0 ? [] : convergenceTables(summaries)), [shown]);
  const keep = (key: string, text: string | undefined) => {
    const { [key]: _, ...others } = more;
    select({ ...selection, more: text ? { ...others, [key]: text } : others });
  };
  const axes = differingAxes(shown.map((index) => report.cells[index]));
  const along = chosen(axes.filter(isNumeric), more.along) ?? axes.find(isNumeric);
  const lines =
    chosen(axes, more.lines) ??
    (["connection", ...axes] as const).find((name) => axes.includes(name) && name !== along);
  const count = Number(more.tables) || FIRST_TABLES;
  const indexOf = (summary: CellSummary) => shown[summaries.indexOf(summary)];
  return (
    <>
      <Header report={report} />
      <Filters
        report={report}
        where={where}
        change={(next) => select({ ...selection, where: next })}
      />
      {shown.length === 0 ? (
        <p role="status">No cell has all of these. Show all, or choose others.</p>
      ) : (
        <>
          <section aria-labelledby="totals">
            <h2 id="totals">Converged</h2>
            <Totals summaries={summaries} />
          </section>
          {along && (
            <section aria-labelledby="rates">
              <h2 id="rates">
                Rates by {labelOf(along)}
                {lines && lines !== along ? ` and ${labelOf(lines)}` : ""}
              </h2>
              <form class="filters" onSubmit={(event) => event.preventDefault()}>
                <Choice
                  label="Along"
                  axes={axes.filter(isNumeric)}
                  chosen={along}
                  choose={(name) => keep("along", name)}
                />
                <Choice
                  label="Lines"
                  axes={axes.filter((name) => name !== along)}
                  chosen={lines}
                  choose={(name) => keep("lines", name)}
                />
              </form>
              <RatesChart
                report={report}
                shown={shown}
                along={along}
                lines={lines === along ? undefined : lines}
              />
            </section>
          )}
          <section aria-labelledby="tables">
            <h2 id="tables">Cells</h2>
            <p>
              Each says how many trials converged, and the rate's 95 % interval. Open one to see its
              trials.
            </p>
            {report.published.size > 0 && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={more.thesis === "yes"}
                  onChange={({ currentTarget }) =>
                    keep("thesis", currentTarget.checked ? "yes" : undefined)
                  }
                />
                Show the thesis's counts
              </label>
            )}
            <div class="tables">
              {tables.slice(0, count).map((table, i) => (
                <HeatMap
                  key={i}
                  table={table}
                  linkOf={({ cell }) =>
                    fragmentOf({ view: "cell", where: placeOf(report, cell), more: {} })
                  }
                  publishedOf={
                    more.thesis === "yes"
                      ? (summary) => report.published.get(indexOf(summary))
                      : undefined
                  }
                />
              ))}
            </div>
            {tables.length > count && (
              <button type="button" onClick={() => keep("tables", String(tables.length))}>
                Show all {number(tables.length)} tables
              </button>
            )}
          </section>
        </>
      )}
    </>
  );
}

function chosen(axes: readonly AxisName[], text: string | undefined): AxisName | undefined {
  return axes.find((name) => name === text);
}

interface ChoiceProps {
  readonly label: string;
  readonly axes: readonly AxisName[];
  readonly chosen: Dimension | undefined;
  readonly choose: (name: string) => void;
}

function Choice({ label, axes, chosen: own, choose }: ChoiceProps) {
  if (axes.length < 2) return null;
  return (
    <Filter
      label={label}
      options={axes.map((name) => ({ text: name, name: capitalized(axisOf(name).label) }))}
      chosen={own}
      choose={choose}
      isOne
    />
  );
}

function Header({ report: { sweep, cells, summaries } }: { report: Report }) {
  const trials = summaries.reduce((sum, summary) => sum + summary.trials, 0);
  const when = [sweep.start, sweep.end].flatMap((time) => (time ? [time.slice(0, 10)] : []));
  const days = [...new Set(when)].join(" to ");
  return (
    <header>
      <h1 tabindex={-1}>{sweep.name}</h1>
      <p>
        {counted(trials, "trial")} in {counted(cells.length, "cell")}
        {days && `, trained ${days}`} with engine {sweep.engine.name}
        {sweep.commit && ` at commit ${sweep.commit.slice(0, 10)}`}. Converged: final RMSE at most{" "}
        {sweep.threshold}.
      </p>
    </header>
  );
}
