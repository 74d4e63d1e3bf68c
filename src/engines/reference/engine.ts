/**
 * The reference engine: scalar float32, one network at a time, written to be read. It is the
 * definition of a trial's numbers; a faster engine of the same numeric version must give the same bits.
 */
import { makeDataset } from "../../model/dataset.js";
import { initialParameters } from "../../model/initialization.js";
import { type Engine, refuseBatch } from "../contract.js";
import { trainOne } from "./train-one.js";

/** Raised whenever the order of operations or an initial value changes: older trials then no longer count. */
export const FLOAT32_NUMERICS = "float32/1";

export const referenceEngine: Engine = {
  name: "reference",
  numerics: FLOAT32_NUMERICS,
  bitStable: true,
  lanes: 1,
  mostTrials: 1024,
  speed: { operationsPerSecond: 0.25e9, secondsPerLayer: 0 },
  trains: {
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
  },
  train(batch) {
    refuseBatch(referenceEngine, batch);
    const { trials, initial } = batch;
    return trials.map((trial, i) =>
      trainOne(
        trial,
        makeDataset(trial.dataset),
        initial?.[i] ?? initialParameters(trial, trial.seed),
        batch,
      ),
    );
  },
};
