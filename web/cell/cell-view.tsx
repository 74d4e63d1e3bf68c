/** One cell: what its trials gave together, and each of them. */
import { useMemo } from "preact/hooks";
import { counted, number } from "../../src/counted.js";
import { capitalized, cellName } from "../../src/model/cells.js";
import { fragmentOf } from "../selection.js";
import { placeOf, type Report } from "../unpack-report.js";
import { TrialDots } from "./trial-dots.js";
import { TrialList } from "./trial-list.js";

export function CellView({ report, cell }: { report: Report; cell: number }) {
  const summary = report.summaries[cell];
  const { threshold } = report.sweep;
  const of = report.cells[cell];
  const trials = useMemo(() => report.trialsOf(cell), [report, cell]);
  const published = report.published.get(cell);
  const where = placeOf(report, of);
  const linkTo = (seed: number) => fragmentOf({ view: "trial", where, seed, more: {} });
  return (
    <>
      <h1 tabindex={-1}>{capitalized(cellName(of))}</h1>
      <p>
        {number(summary.converged)} of {counted(summary.trials, "trial")} converged
        {summary.rate &&
          `: a rate of ${summary.rate.low.toFixed(2)} to ${summary.rate.high.toFixed(2)}, with 95 % confidence`}
        .{" "}
        {summary.means &&
          `Of the converged, ${summary.means.deadNeurons.toFixed(2)} neurons and ${summary.means.deadLayers.toFixed(2)} layers are dead on average. `}
        {summary.diverged > 0 && `${counted(summary.diverged, "trial")} overflowed. `}
        {summary.failed > 0 && `${counted(summary.failed, "trial")} failed. `}
        {published &&
          `The thesis (${published.from}) has ${published.converged} of ${published.trials}.`}
      </p>
      <TrialDots
        trials={trials}
        threshold={threshold}
        neurons={of.depth * of.width}
        linkTo={linkTo}
      />
      <TrialList trials={trials} threshold={threshold} linkTo={linkTo} />
    </>
  );
}
