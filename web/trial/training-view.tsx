/** One training, watched: trained again in the page, with its network, its function and its loss, after any epoch. */
import { useMemo, useState } from "preact/hooks";
import { counted, number } from "../../src/counted.js";
import { trialText } from "../../src/model/key-text.js";
import { hasConverged, type Outcome as OutcomeOf } from "../../src/model/outcome.js";
import type { Trial } from "../../src/model/trial.js";
import type { Trainer } from "../training/page-trainer.js";
import { durationText, secondsOf } from "../training/training-duration.js";
import { useDeaths } from "../training/use-deaths.js";
import { useTraining } from "../training/use-training.js";
import type { Watched } from "../training/watched.js";
import { DeathsChart } from "./deaths-chart.js";
import { drawnFunction } from "./drawn-function.js";
import { FunctionChart } from "./function-chart.js";
import { LossChart } from "./loss-chart.js";
import { NetworkDrawing } from "./network-drawing.js";

type TrainedOutcome = OutcomeOf & { readonly state: "trained" };

interface TrainingViewProps {
  readonly trainer: Trainer;
  readonly trial: Trial;
  readonly epoch: number;
  /** What is said of the training when it is done. */
  readonly verdict?: (final: Watched) => preact.ComponentChildren;
}

/** What takes longer starts when it is asked to. */
const LONG_S = 2;
/** Of a longer training its moments take minutes. */
const LONGEST_WATCHED_S = 1;

export function TrainingView(props: TrainingViewProps) {
  const name = trialText(props.trial, "");
  const [allowed, allow] = useState("");
  const seconds = secondsOf(props.trial);
  if (seconds <= LONG_S || allowed === name) return <Training {...props} />;
  return (
    <p>
      This training takes about {durationText(seconds)}.{" "}
      <button type="button" onClick={() => allow(name)}>
        Train it
      </button>
    </p>
  );
}

function Training({ trainer, trial, epoch, verdict }: TrainingViewProps) {
  const { threshold } = trainer;
  const isEnd = epoch === trial.epochs;
  const final = useTraining(trainer, trial, trial.epochs);
  const before = useTraining(trainer, trial, epoch, !isEnd);
  const now = isEnd ? final : before;
  const deaths = useDeaths(trainer, trial, secondsOf(trial) < LONGEST_WATCHED_S);
  // Until another training is there, what is seen is the one before, and all of it.
  const drawn = useMemo(() => now.value && drawnFunction(now.value), [now.value]);
  const failure = final.failure ?? now.failure;
  if (failure !== undefined) return <p role="alert">It cannot be trained here: {failure}</p>;
  if (!final.value || !now.value) return <p role="status">Training …</p>;
  return (
    <div class="training" aria-busy={final.isWaiting || now.isWaiting}>
      <p role="status">
        <Outcome watched={now.value} threshold={threshold} />
        {verdict && !final.isWaiting && verdict(final.value)}
      </p>
      <NetworkDrawing watched={now.value} exact={drawn?.exact} />
      <div class="charts">
        <FunctionChart watched={now.value} drawn={drawn} />
        <LossChart
          rmse={final.value.rmse}
          epochs={final.value.trial.epochs}
          epoch={now.value.epoch}
          threshold={threshold}
        />
        {deaths && <DeathsChart deaths={deaths} epoch={now.value.epoch} />}
      </div>
    </div>
  );
}

function Outcome({ watched, threshold }: { watched: Watched; threshold: number }) {
  const { outcome, dead, epoch, trial } = watched;
  if (outcome.state !== "trained") return <strong>Its numbers overflowed.</strong>;
  const isConverged = hasConverged(outcome, threshold);
  const since = outcome.epochsToConverge;
  return (
    <>
      <strong>{verdictText(isConverged, epoch === trial.epochs)}</strong>
      {isConverged && since !== undefined && ` (since epoch ${number(since)})`}: RMSE{" "}
      {outcome.finalRmse.toPrecision(4)}; {counted(dead.neurons, "dead neuron")},{" "}
      {counted(dead.layers, "dead layer")}
      {changesText(outcome)}.{" "}
    </>
  );
}

function verdictText(isConverged: boolean, isEnd: boolean): string {
  if (isEnd) return isConverged ? "Converged" : "Did not converge";
  return isConverged ? "At or under the threshold" : "Above the threshold";
}

/** `; born dead 8, died 3, revived 1` */
function changesText({ deadNeurons, deadNeuronsBorn, deadNeuronsRevived }: TrainedOutcome): string {
  if (deadNeuronsBorn === undefined || deadNeuronsRevived === undefined) return "";
  const died = deadNeurons - deadNeuronsBorn + deadNeuronsRevived;
  return `; born dead ${deadNeuronsBorn}, died ${died}, revived ${deadNeuronsRevived}`;
}
