/** The page: which view is shown, and the way between them. */
import { useEffect, useRef } from "preact/hooks";
import type { PageData } from "../src/output/page/page-data.js";
import { CellView } from "./cell/cell-view.js";
import { Overview } from "./overview/overview.js";
import { Playground } from "./playground/playground.js";
import { fragmentOf, type Selection, useSelection, type View } from "./selection.js";
import type { Trainer } from "./training/page-trainer.js";
import { TrialView } from "./trial/trial-view.js";
import { cellsWith, type Report } from "./unpack-report.js";

interface AppProps {
  readonly data: PageData;
  /** None on a page that is for trying networks alone. */
  readonly report: Report | undefined;
  readonly trainer: Trainer;
}

export function App({ data, report, trainer }: AppProps) {
  const usual: View = report ? "overview" : "playground";
  const [selection, select] = useSelection(usual);
  const { view } = selection;
  useNewView(
    `${view} ${JSON.stringify(view === "cell" || view === "trial" ? selection.where : "")} ${view === "trial" ? selection.seed : ""}`,
  );
  return (
    <>
      {report && (
        <nav aria-label="Views">
          <Tab view="overview" now={view} name={report.sweep.name} />
          <Tab view="playground" now={view} name="Playground" />
        </nav>
      )}
      <main>
        {view === "playground" || !report ? (
          <Playground
            points={data.startingPoints}
            trainer={trainer}
            selection={selection}
            select={select}
          />
        ) : view === "overview" ? (
          <Overview report={report} selection={selection} select={select} />
        ) : (
          <OneCell report={report} trainer={trainer} selection={selection} select={select} />
        )}
      </main>
      <footer>
        <p>Written by lrn {data.lrn}. The page loads nothing and sends nothing.</p>
      </footer>
    </>
  );
}

/** A new view begins at its heading, for keyboards and screen readers too, and names the window. */
function useNewView(name: string): void {
  const isFirst = useRef(true);
  useEffect(() => {
    const heading = document.querySelector("h1");
    if (heading) document.title = heading.textContent;
    if (!isFirst.current) {
      scrollTo(0, 0);
      heading?.focus();
    }
    isFirst.current = false;
  }, [name]);
}

function Tab({ view, now, name }: { view: View; now: View; name: string }) {
  return (
    <a
      href={fragmentOf({ view, where: {}, more: {} })}
      aria-current={view === now ? "page" : undefined}
    >
      {name}
    </a>
  );
}

interface OneCellProps {
  readonly report: Report;
  readonly trainer: Trainer;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

function OneCell({ report, trainer, selection, select }: OneCellProps) {
  const { view, where, seed } = selection;
  const [cell, ...others] = cellsWith(report, where);
  if (cell === undefined || others.length > 0) {
    return <Nothing why="This link leads to no cell of this sweep. Choose one in the overview." />;
  }
  if (view === "cell") return <CellView report={report} cell={cell} />;
  const trial = report.trialsOf(cell).find((own) => own.seed === seed);
  if (!trial) return <Nothing why="The cell has no trial of this seed. Choose one in the cell." />;
  return (
    <TrialView
      report={report}
      cell={cell}
      trial={trial}
      trainer={trainer}
      selection={selection}
      select={select}
    />
  );
}

function Nothing({ why }: { why: string }) {
  return (
    <>
      <h1 tabindex={-1}>Nothing here</h1>
      <p role="alert">{why}</p>
      <p>
        <a href={fragmentOf({ view: "overview", where: {}, more: {} })}>Overview</a>
      </p>
    </>
  );
}
