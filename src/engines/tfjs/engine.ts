/**
 * The TensorFlow.js engine: the networks in TensorFlow.js's terms, differentiated and computed by it. All
 * trials of a batch train as one stack, because on networks of two neurons a layer it is the dispatch of
 * operations that takes the time, whatever they work on.
 */
import { makeDataset } from "../../model/dataset.js";
import { initialParameters } from "../../model/initialization.js";
import type { Training } from "../../model/outcome.js";
import { type Engine, refuseBatch, type Speed, type Trained } from "../contract.js";
import type { Backend } from "../names.js";
import { chooseBackend } from "./backends.js";
import { stackRefusal, trialsPerStack } from "./stack-size.js";
import { tf } from "./tensorflow-js.js";
import { trainStack } from "./train-stack.js";

/** Raised whenever the operations of a step or their order change: older trials then no longer count. */
const GRAPH = 1;

/** Where a stack's time per trial has come near its bottom; docs/engines.md has the measurement. */
const LANES: Readonly<Record<Backend, number>> = { tensorflow: 1000, wasm: 200, cpu: 50 };

/** TensorFlow shares the cores out by itself. */
const OWN_THREADS: Readonly<Record<Backend, boolean>> = {
  tensorflow: true,
  wasm: false,
  cpu: false,
};

const TRAINS: Trained = {
  depth: "all",
  width: "all",
  connection: ["plain", "late-residual", "residual", "dense", "late-residual-frozen"],
  optimizer: ["adam", "sgd", "momentum"],
  learningRate: "all",
  trainingStyle: ["iterative", "batch", "mini-batch"],
  epochs: "all",
  dataset: "all",
  activation: ["relu", "leaky-relu", "prelu", "elu", "gelu", "silu"],
  initialization: "all",
  bias: "all",
};

/** Backend tensorflow on two cores, the others on one. */
const SPEEDS: Readonly<Record<Backend, Speed>> = {
  tensorflow: { operationsPerSecond: 0.65e9, secondsPerLayer: 0.65e-3 },
  wasm: { operationsPerSecond: 0.55e9, secondsPerLayer: 0.14e-3 },
  cpu: { operationsPerSecond: 0.055e9, secondsPerLayer: 0.09e-3 },
};

/**
 * TensorFlow.js has one current backend per process, so such engines must not train at the same time.
 *
 * Numbers agree with the other engines' to rounding, not to the last bit; with native kernels not even
 * two machines need agree to it, because TensorFlow chooses its instructions by the CPU.
 *
 * @param requested the backend's name (backends.ts); without it, the best usable one
 * @throws UserError where there is no backend of that name, or where it cannot be used
 */
export async function makeTfjsEngine(requested?: string): Promise<Engine> {
  const { backend, numerics, versions } = await chooseBackend(requested);
  const engine: Engine = {
    name: "tfjs",
    numerics: `tfjs/${GRAPH}/${tf.version_core}/${numerics}`,
    bitStable: false,
    lanes: LANES[backend],
    mostTrials: 1024,
    speed: SPEEDS[backend],
    backend: { name: backend, versions },
    ownThreads: OWN_THREADS[backend],
    trains: TRAINS,
    tooLarge: stackRefusal,
    async train(batch) {
      refuseBatch(engine, batch);
      const { trials, initial, recordLosses = false, threshold } = batch;
      const [trial] = trials;
      const stack = trialsPerStack(trial);
      const dataset = makeDataset(trial.dataset);
      const trainings: Training[] = [];
      await tf.setBackend(backend);
      for (let first = 0; first < trials.length; first += stack) {
        const part = trials.slice(first, first + stack);
        const start = part.map((t, i) => initial?.[first + i] ?? initialParameters(t, t.seed));
        const run = { trials: part, dataset, initial: start, recordLosses, threshold };
        trainings.push(...(await trainStack(run)));
      }
      return trainings;
    },
  };
  return engine;
}
