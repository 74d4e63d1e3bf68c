/** What every engine promises, for each engine and backend that can be loaded here. */
import { describe, expect, it } from "vitest";
import {
  type Batch,
  batchShape,
  type Engine,
  refusalOf,
  refuseCells,
} from "#lrn/engines/contract.js";
import { loadEngine } from "#lrn/engines/load.js";
import { ENGINE_BACKENDS, ENGINE_NAMES } from "#lrn/engines/names.js";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import { answer, type TrainedBatch, type WatchedBatch } from "#lrn/engines/requests.js";
import { UserError } from "#lrn/errors.js";
import { AXIS_NAMES, axisOf } from "#lrn/model/axes.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { outcomeOf, type Training, type UnderThreshold } from "#lrn/model/outcome.js";
import {
  type Cell,
  CONNECTIONS,
  OPTIMIZERS,
  THESIS_DATASET,
  type Trial,
} from "#lrn/model/trial.js";
import { awake, batchOf } from "./batches.js";
import { STYLES } from "./values.js";

/** An engine whose properties are its class's, as one written elsewhere may be. */
class ClassEngine implements Engine {
  readonly #inner = referenceEngine;
  readonly name = "reference";
  readonly bitStable = true;
  get numerics() {
    return this.#inner.numerics;
  }
  get lanes() {
    return this.#inner.lanes;
  }
  get mostTrials() {
    return this.#inner.mostTrials;
  }
  get speed() {
    return this.#inner.speed;
  }
  get trains() {
    return this.#inner.trains;
  }
  train(batch: Batch) {
    return this.#inner.train(batch);
  }
}

const candidates: [title: string, load: () => Promise<Engine>][] = [
  ...ENGINE_NAMES.flatMap((name): [string, () => Promise<Engine>][] =>
    ENGINE_BACKENDS[name].length === 0
      ? [[name, () => loadEngine(name)]]
      : ENGINE_BACKENDS[name].map((backend) => [
          `${name}, ${backend}`,
          () => loadEngine(name, backend),
        ]),
  ),
  ["an engine that is a class", async () => new ClassEngine()],
];

/** One after the other: TensorFlow.js tries its backends on one global state. */
const engines: [title: string, engine: Engine | undefined][] = [];
for (const [title, load] of candidates) {
  try {
    engines.push([title, await load()]);
  } catch (error) {
    engines.push([`${title} (skipped: ${(error as Error).message})`, undefined]);
  }
}

it("loads the engines that need nothing installed", () => {
  const loaded = engines.filter(([, engine]) => engine).map(([title]) => title);
  expect(loaded).toEqual(expect.arrayContaining(["fused", "reference", "tfjs, wasm", "tfjs, cpu"]));
});

/** Another value of each axis than `batchOf` gives. */
const OTHER_VALUES: Cell = {
  depth: 3,
  width: 2,
  connection: "plain",
  optimizer: "sgd",
  learningRate: 0.5,
  trainingStyle: "iterative",
  epochs: 8,
  dataset: { ...THESIS_DATASET, seed: 43 },
  activation: { name: "elu", alpha: 1 },
  initialization: "he-normal",
  bias: "zero",
};

const SETTINGS = CONNECTIONS.flatMap((connection) =>
  OPTIMIZERS.flatMap((optimizer) =>
    STYLES.map((trainingStyle) => ({ connection, optimizer, trainingStyle })),
  ),
);

function refused(engine: Engine, setting: (typeof SETTINGS)[number]) {
  return refusalOf(engine, batchOf(setting, 1).trials[0]);
}

/** Of float32 sums in another order, over a few steps. */
const ROUNDING = 1e-4;

describe.each(engines)("%s", (_title, loaded) => {
  describe.skipIf(!loaded)("keeps the contract", () => {
    const engine = loaded!;
    const batch = awake(batchOf({ depth: 2, width: 3, epochs: 7 }, 5));

    /** Engines of one numeric version give the same bits, others agree to rounding. */
    const sameBits = engine?.numerics === referenceEngine.numerics;

    function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>) {
      expect(actual.length).toBe(expected.length);
      const isSame = (a: number, b: number) =>
        sameBits ? Object.is(a, b) : Math.abs(a - b) < ROUNDING;
      // One assertion for all, as each takes longer than a step of training.
      const differing = Array.from(actual).flatMap((value, i) =>
        isSame(value, expected[i]) ? [] : [{ i, actual: value, expected: expected[i] }],
      );
      expect(differing).toEqual([]);
    }

    const trained = loaded ? SETTINGS.filter((setting) => !refused(loaded, setting)) : [];

    it.each(trained)(
      "trains $connection, $optimizer, $trainingStyle as the reference does",
      async (setting) => {
        const shaped = awake(
          batchOf({ ...setting, learningRate: 0.01, depth: 2, width: 3, epochs: 7 }, 5),
        );
        const expected = await referenceEngine.train(shaped);
        const trained = await engine.train(shaped);
        expect(trained).toHaveLength(expected.length);
        trained.forEach((training, i) => {
          for (const field of [
            "initial",
            "parameters",
            "predictions",
            "activations",
            "losses",
          ] as const) {
            expectSame(training[field]!, expected[i][field]!);
          }
        });
      },
    );

    it.each(STYLES)(
      "says since when each network is under a threshold where it is asked to, %o",
      async (trainingStyle) => {
        const found = new Set<number>();
        for (const name of ["abs", "abs-sum-difference"] as const) {
          const dataset = { ...THESIS_DATASET, function: name, samples: 6 };
          const shape = { trainingStyle, dataset, depth: 2, width: 3, epochs: 20 };
          const { trials, initial } = awake(batchOf({ ...shape, learningRate: 0.1 }, 5));
          for (const { under } of await engine.train({ trials, initial: initial! })) {
            expect(under).toBeUndefined();
          }
          for (const threshold of [0.25, 0.35]) {
            const looked = { trials, initial: initial!, threshold };
            const under = (await engine.train(looked)).map((training) => training.under);
            const expected = await referenceEngine.train(looked);
            expect(under).toEqual((expected as Training[]).map((training) => training.under));
            for (const { from } of under as UnderThreshold[]) found.add(from);
          }
        }
        expect(found.size).toBeGreaterThan(2);
      },
    );

    it("gives trainings in the order of the trials, whatever their order", async () => {
      const forwards = await engine.train(batch);
      const turned = { trials: batch.trials.toReversed(), initial: batch.initial!.toReversed() };
      const backwards = await engine.train(turned);
      forwards.forEach(({ parameters }, i) => {
        expectSame(backwards[backwards.length - 1 - i].parameters, parameters);
      });
    });

    it("starts from the seeds' parameters, or from those it is given, and leaves these as they were", async () => {
      const { initial: _, ...seeded } = batch;
      for (const [i, { initial }] of (await engine.train(seeded)).entries()) {
        const trial = batch.trials[i];
        expect(initial).toEqual(initialParameters(trial, trial.seed));
      }
      const given = batch.initial!.map((parameters) => parameters.slice());
      const started = await engine.train({ ...batch, initial: given });
      expect(started.map(({ initial }) => initial)).toEqual(batch.initial);
      expect(given).toEqual(batch.initial);
    });

    it("keeps a loss per epoch where it is asked to, and else none", async () => {
      const [{ losses }] = await engine.train(batch);
      expect(losses).toHaveLength(7);
      const [without] = await engine.train({ trials: batch.trials });
      expect(without.losses).toBeUndefined();
    });

    it.each(AXIS_NAMES)(
      "trains every %s that it says it does, and refuses others by name",
      async (name) => {
        const [trial] = batch.trials;
        const trained: "all" | readonly unknown[] = engine.trains[name];
        if (trained === "all") return expect(refusalOf(engine, trial)).toBeUndefined();
        for (const value of trained) {
          expect(refusalOf(engine, { ...trial, [name]: value })).toBeUndefined();
        }
        const other = { ...trial, [name]: "other" as never };
        const reason = refusalOf(engine, other)!;
        expect(reason).toMatch(
          new RegExp(`^${axisOf(name).label}: must be .*${engine.name}.*"other"`),
        );
        expect(() => refuseCells(engine, [trial, other])).toThrow(new UserError(reason));
        await expect(async () => engine.train({ trials: [other] })).rejects.toThrow(reason);
      },
    );

    it.each(AXIS_NAMES)(
      "makes something else of another %s, whether it shares the batch or may not",
      async (name) => {
        const [trial] = batch.trials;
        const value = OTHER_VALUES[name];
        const other: Trial = { ...trial, [name]: value };
        if (refusalOf(engine, other) !== undefined) return;
        const train = async (trials: readonly Trial[]) =>
          (await engine.train({ trials })).map(({ parameters }) => parameters);
        const [[one], [another]] = [await train([trial]), await train([other])];
        expect(another).not.toEqual(one);
        if (!axisOf(name).sharesBatch) {
          return expect(train([trial, other])).rejects.toThrow(
            `${axisOf(name).label}: must be the same`,
          );
        }
        const [first, second] = await train([trial, other]);
        expectSame(first, one);
        expectSame(second, another);
      },
    );

    it("says with words what is too large for it, and then refuses to train it", async () => {
      const [trial] = batch.trials;
      const samples = 100_000;
      const giant = { ...trial, depth: 1000, width: 256, dataset: { ...THESIS_DATASET, samples } };
      const reason = refusalOf(engine, giant);
      expect(reason === undefined).toBe(engine.tooLarge === undefined);
      if (reason === undefined) return;
      expect(() => refuseCells(engine, [giant])).toThrow(new UserError(reason));
      await expect(async () => engine.train({ trials: [giant] })).rejects.toThrow(reason);
    });

    it("answers with outcomes and its numeric version, or with whole trainings", async () => {
      const { trials } = batch;
      const reply = await answer(engine, { wants: "outcomes", trials });
      const { outcomes, numerics, trainMs } = (reply as { outcomes: TrainedBatch }).outcomes;
      expect(numerics).toBe(engine.numerics);
      expect(trainMs).toHaveLength(trials.length);
      for (const took of trainMs) expect(took).toBeGreaterThan(0);
      const watched = await answer(engine, { wants: "trainings", batch: { trials } });
      const { trainings, ...of } = (watched as { trainings: WatchedBatch }).trainings;
      expect(of.numerics).toBe(engine.numerics);
      const dataset = makeDataset(THESIS_DATASET);
      const judged = trainings.map((training, i) => outcomeOf(trials[i], dataset, training));
      const asked = await answer(engine, { wants: "outcomes", trials, threshold: 1e6 });
      for (const outcome of (asked as { outcomes: TrainedBatch }).outcomes.outcomes) {
        expect(outcome).toMatchObject({ epochsToConverge: 0, thresholdRmse: 1e6 });
      }
      if (engine.bitStable) expect(outcomes).toEqual(judged);
      else expect(outcomes.map(({ state }) => state)).toEqual(judged.map(({ state }) => state));
    });
  });
});

it("answers with the engine's own words where it throws", async () => {
  const { trials } = batchOf({ depth: 2, epochs: 2 }, 3);
  const broken: Engine = {
    ...referenceEngine,
    train({ trials }) {
      if (trials.some(({ seed }) => seed === 1)) throw new Error("no memory");
      return referenceEngine.train({ trials });
    },
  };
  const reply = await answer(broken, { wants: "outcomes", trials });
  const { outcomes, trainMs } = (reply as { outcomes: TrainedBatch }).outcomes;
  expect(outcomes.map(({ state }) => state)).toEqual(["trained", "failed", "trained"]);
  expect(trainMs.map((took) => took > 0)).toEqual([true, false, true]);
  expect(await answer(broken, { wants: "trainings", batch: { trials } })).toEqual({
    threw: "no memory",
  });
});

it("puts trials that differ in seed and learning rate into one batch", () => {
  const [trial] = batchOf({}, 1).trials;
  expect(batchShape({ ...trial, learningRate: 0.5 })).toBe(batchShape(trial));
  expect(batchShape({ ...trial, depth: trial.depth + 1 })).not.toBe(batchShape(trial));
});
