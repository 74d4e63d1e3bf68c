/** The sweep file: its fields, their limits and their meaning, in one place. */
import { z } from "zod";
import { ENGINE_NAMES } from "../engines/names.js";
import {
  CONNECTIONS,
  GENERATORS,
  OPTIMIZERS,
  TARGET_FUNCTIONS,
  THESIS_DATASET,
  TRAINING_STYLES,
} from "../model/trial.js";

/** The most that one sweep may ask for. */
export const MAX_TRIALS = 10_000_000;

/** The most that a sweep file may have. */
export const MAX_FILE_BYTES = 4 * 2 ** 20;

const count = (value: number) => value.toLocaleString("en-US", { useGrouping: "min2" });

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${count(min)} to ${count(max)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** From far above the numbers that float32 rounds to 0. */
function positiveNumber(max: number) {
  const error = `must be a number from 1e-30 to ${count(max)}`;
  return z.number({ error }).min(1e-30, { error }).max(max, { error });
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  const quoted = values.map((value) => JSON.stringify(value));
  return z.enum(values, { error: `must be ${quoted.join(" or ")}` });
}

function axis<Value extends z.ZodType>(value: Value, description: string) {
  const error = "must be a list of at least one value, as [1, 2]";
  return z.array(value, { error }).min(1, { error }).describe(description);
}

const depth = wholeNumber(1, 1000);
const width = wholeNumber(1, 256);
const learningRate = positiveNumber(1000);
const seed = wholeNumber(0, 2 ** 32 - 1);
const epochs = wholeNumber(1, 10_000_000);
const rmseThreshold = positiveNumber(1_000_000);

const grid = z
  .strictObject(
    {
      depth: axis(depth, "Numbers of hidden layers."),
      width: axis(width, "Numbers of neurons in each hidden layer."),
      connection: axis(
        oneOf(CONNECTIONS),
        "Whether the output neuron reads the last hidden layer alone, or every hidden layer.",
      ),
      optimizer: axis(oneOf(OPTIMIZERS), "Optimizers, with PyTorch's defaults."),
      learningRate: axis(learningRate, "Learning rates."),
      trainingStyle: axis(
        oneOf(TRAINING_STYLES),
        "Whether an epoch is one step on one sample after the other, or one step on all of them.",
      ),
    },
    { error: 'must be a grid, as { "depth": [2, 5], … }, or a list of grids' },
  )
  .describe("The cells to train: every combination of the axes' values.");

const dataset = z
  .strictObject(
    {
      function: oneOf(TARGET_FUNCTIONS).describe("The function to learn."),
      samples: wholeNumber(2, 100_000).describe("How many points are drawn from [-1, 1)."),
      generator: oneOf(GENERATORS).describe(
        "What draws them: NumPy's legacy generator (MT19937), as the thesis, or seedrandom.",
      ),
      seed: seed.describe("The generator's seed."),
    },
    { error: "must be an object with function, samples, generator and seed" },
  )
  .describe("The points that networks are trained on; left out, the thesis's 20 points.");

const seedsError =
  `must be a count from 1 to ${count(MAX_TRIALS)}, a list of seeds as [0, 1, 2], ` +
  'or { "untilConverged": 3, "atMost": 500 }';
const seedCount = z
  .int({ error: seedsError })
  .min(1, { error: seedsError })
  .max(MAX_TRIALS, { error: seedsError });
const seedsUntil = z
  .strictObject(
    {
      untilConverged: wholeNumber(1, MAX_TRIALS).describe("Trials of a cell that are to converge."),
      atMost: wholeNumber(1, MAX_TRIALS).describe("Trials that a cell gets in vain, at the most."),
    },
    { error: seedsError },
  )
  .refine(({ untilConverged, atMost }) => untilConverged <= atMost, {
    path: ["atMost"],
    error: "must be at least untilConverged",
  });
const seedList = z.array(seed, { error: seedsError }).min(1, { error: seedsError });

export const sweepSchema = z.strictObject(
  {
    $schema: z
      .string({ error: "must be the path of a JSON Schema" })
      .optional()
      .describe("Where an editor finds this schema."),
    name: z
      .string({ error: "must be a name" })
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
        error:
          "must be 1 to 100 letters, digits, dots, dashes or underscores, a letter or digit first",
      })
      .describe("The sweep's name, and that of its results folder."),
    dataset: dataset.default(THESIS_DATASET),
    grid: z
      .union([grid, z.array(grid).min(1, { error: "must have at least one grid" })])
      .describe("A grid, or a list of grids whose union is swept."),
    seeds: z
      .union([seedCount, seedList, seedsUntil])
      .describe(
        "How many trainings a cell gets, seeds 0, 1, 2, …; or a list of seeds; or the shortest run of " +
          "seeds 0, 1, 2, … with so many converged trials.",
      ),
    epochs: epochs.default(3000).describe("Optimizer steps of each training."),
    convergence: z
      .strictObject(
        {
          rmse: rmseThreshold.describe(
            "The largest final RMSE of a converged trial, in original units.",
          ),
        },
        { error: 'must be an object, as { "rmse": 0.07 }' },
      )
      .default({ rmse: 0.07 })
      .describe("What counts as converged."),
    engine: oneOf(ENGINE_NAMES).default("fused").describe("What trains the networks."),
  },
  { error: "must be an object with name, grid and seeds" },
);

export type Grid = z.output<typeof grid>;
/** A sweep file as resolved: checked, with its defaults filled in. */
export type Sweep = z.output<typeof sweepSchema>;

/** The flags of `lrn trial`, by the rules of the sweep file's fields. */
export const trialFlagsSchema = z.strictObject({
  "--depth": depth,
  "--width": width,
  "--connection": oneOf(CONNECTIONS),
  "--optimizer": oneOf(OPTIMIZERS),
  "--learning-rate": learningRate,
  "--training-style": oneOf(TRAINING_STYLES),
  "--seed": seed,
  "--epochs": epochs,
  "--rmse": rmseThreshold,
  "--engine": oneOf(ENGINE_NAMES),
});

/** JSON Schema (draft 2020-12) of the sweep file, for editors. */
export function sweepJsonSchema(): object {
  return { title: "lrn sweep file", ...z.toJSONSchema(sweepSchema, { io: "input" }) };
}
