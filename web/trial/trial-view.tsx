/** One trial of the sweep, trained again and compared with what is stored. */
import { useMemo } from "preact/hooks";
import { FLOAT32_NUMERICS } from "../../src/engines/reference/engine.js";
import { cellName } from "../../src/model/cells.js";
import type { Outcome } from "../../src/model/outcome.js";
import { isOfFile } from "../../src/model/trial.js";
import { playgroundLink } from "../playground/values.js";
import { fragmentOf, type Selection } from "../selection.js";
import type { Trainer } from "../training/page-trainer.js";
import type { Watched } from "../training/watched.js";
import { placeOf, type Report, type ReportTrial } from "../unpack-report.js";
import { EpochSlider } from "./epoch-slider.js";
import { TrainingView } from "./training-view.js";

interface TrialViewProps {
  readonly report: Report;
  readonly cell: number;
  readonly trial: ReportTrial;
  readonly trainer: Trainer;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

export function TrialView({ report, cell, trial, trainer, selection, select }: TrialViewProps) {
  const of = { ...report.cells[cell], seed: trial.seed };
  const epoch = Math.min(selection.epoch ?? of.epochs, of.epochs);
  const place = placeOf(report, of);
  const seeds = useMemo(() => report.trialsOf(cell).map(({ seed }) => seed), [report, cell]);
  const at = seeds.indexOf(trial.seed);
  const linkTo = (seed: number) => fragmentOf({ view: "trial", where: place, seed, more: {} });
  return (
    <>
      <nav aria-label="Trials of the cell">
        <a href={fragmentOf({ view: "cell", where: place, more: {} })}>All trials of the cell</a>
        {at > 0 && <a href={linkTo(seeds[at - 1])}>Seed {seeds[at - 1]}</a>}
        {at < seeds.length - 1 && <a href={linkTo(seeds[at + 1])}>Seed {seeds[at + 1]}</a>}
        {!isOfFile(of.dataset) && <a href={playgroundLink(of)}>Open in the playground</a>}
      </nav>
      <h1 tabindex={-1}>Seed {trial.seed}</h1>
      <p>{cellName(of)}</p>
      <EpochSlider
        epochs={of.epochs}
        epoch={epoch}
        change={(next) => {
          const { epoch: _, ...others } = selection;
          select(next === of.epochs ? others : { ...others, epoch: next });
        }}
      />
      <TrainingView
        trainer={trainer}
        trial={of}
        epoch={epoch}
        verdict={(final) => <Comparison report={report} stored={trial.outcome} final={final} />}
      />
    </>
  );
}

interface ComparisonProps {
  readonly report: Report;
  readonly stored: Outcome;
  readonly final: Watched;
}

/** Whether training it again gave what is stored. */
function Comparison({ report: { sweep }, stored, final: { outcome } }: ComparisonProps) {
  const { engine } = sweep;
  if (stored.state === "failed")
    return <span>Stored as failed: it was never trained to its end.</span>;
  if (stored.state === "diverged" && outcome.state === "diverged") {
    return <span class="equal">Its numbers overflowed again, as is stored.</span>;
  }
  const [was, is] = [stored, outcome].map(rmseText);
  if (engine.numerics !== FLOAT32_NUMERICS) {
    return (
      <span>
        Stored: {was}, by engine {engine.name}, which rounds otherwise; here: {is}.
      </span>
    );
  }
  if (was === is)
    return (
      <span class="equal">
        Trained again here, its final RMSE is equal to the stored one to the last bit ({was}).
      </span>
    );
  return (
    <strong class="unequal">
      Not as stored: stored {was}, trained again here {is}. lrn check --results says what else of
      the folder was changed.
    </strong>
  );
}

function rmseText(outcome: Outcome): string {
  return outcome.state === "trained" ? String(outcome.finalRmse) : outcome.state;
}
