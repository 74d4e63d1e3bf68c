/** One training, watched: trained again in the page, with its network, its function and its loss, after any epoch. */
import { trainingOperations } from "../../src/engines/cost.js";
import { counted, number } from "../../src/counted.js";
import { makeDataset } from "../../src/model/dataset.js";
import { hasConverged, type Outcome as OutcomeOf } from "../../src/model/outcome.js";
import type { Trial } from "../../src/model/trial.js";
import type { Trainer } from "../training/trainer.js";
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

/** The engine trains four networks at once, of which the page wants one. */
const SECONDS_PER_OPERATION = 4 / 12e9;
/** Of a longer training its moments take minutes. */
const LONGEST_WATCHED_S = 1;

export function secondsOf(trial: Trial): number {
  return trainingOperations(trial) * SECONDS_PER_OPERATION;
}

export function TrainingView({ trainer, trial, epoch, verdict }: TrainingViewProps) {
  const { threshold } = trainer;
  const final = useTraining(trainer, trial, trial.epochs);
  const now = useTraining(trainer, trial, epoch);
  const deaths = useDeaths(trainer, trial, secondsOf(trial) < LONGEST_WATCHED_S);
  const failure = final.failure ?? now.failure;
  if (failure !== undefined) return <p role="alert">It cannot be trained here: {failure}</p>;
  if (!final.value || !now.value) return <p role="status">Training …</p>;
  // Until another training is there, what is seen is the one before, and all of it.
  const { epochs } = final.value.trial;
  const dataset = makeDataset(now.value.trial.dataset);
  const drawn = drawnFunction(now.value, dataset);
  return (
    <div class="training" aria-busy={final.isWaiting || now.isWaiting}>
      <p role="status">
        <Outcome watched={now.value} threshold={threshold} />
        {verdict && !final.isWaiting && verdict(final.value)}
      </p>
      <NetworkDrawing watched={now.value} exact={drawn?.exact} />
      <div class="charts">
        <FunctionChart watched={now.value} dataset={dataset} drawn={drawn} />
        <LossChart
          rmse={final.value.rmse}
          epochs={epochs}
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
