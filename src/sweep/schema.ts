/** The sweep file: its fields, their limits and their meaning, in one place. */
import * as z from "zod";
import { fewestTrialsFor } from "../analysis/sampling-until-narrow.js";
import { bound } from "../counted.js";
import { DEFAULT_ENGINE, ENGINE_NAMES } from "../engines/names.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { axisRule, oneOf, rmseThreshold, wholeNumber } from "../model/axis-rules.js";
import { type Cell, DEFAULT_THRESHOLD, MAX_TRIALS } from "../model/trial.js";

/** The most that a sweep file may have. */
export const MAX_FILE_BYTES = 4 * 2 ** 20;

export const seed = wholeNumber(0, 2 ** 32 - 1);
/** The values of each axis that is swept. Every grid names those that have no default. */
export type Grid = { readonly [Name in AxisName]?: readonly Cell[Name][] } & {
  /** What its cells are called where grids are compared; several grids may share it. */
  readonly name?: string;
};

/** What a list of an axis's values must be. */
export function axisValues(name: AxisName) {
  const error = "must be a list of at least one value, as [1, 2]";
  return z.array(axisRule(name), { error }).min(1, { error }).describe(axisOf(name).meaning);
}

const gridName = z
  .string({ error: "must be a name" })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ,.+_-]{0,39}$/u, {
    error:
      "must be 1 to 40 letters, digits, spaces, commas, dots, dashes, underscores or pluses, a letter or digit first",
  })
  .optional()
  .describe("What the cells of this grid are called where grids are compared, as a remedy.");

const grid: z.ZodType<Grid> = z
  .strictObject(
    {
      name: gridName,
      ...Object.fromEntries(
        AXIS_NAMES.map((name) => {
          const values = axisValues(name);
          return [name, axisOf(name).default === undefined ? values : values.optional()];
        }),
      ),
    },
    { error: 'must be a grid, as { "depth": [2, 5], … }, or a list of grids' },
  )
  .describe("The cells to train: every combination of the axes' values.") as never;

/** An axis beside the grids, for those that do not name it: a value, or a list of them. */
function besideGrids<Name extends "dataset" | "epochs">(
  name: Name,
): z.ZodDefault<z.ZodType<Cell[Name] | readonly Cell[Name][]>> {
  const { meaning, default: usual } = axisOf(name);
  return z
    .union([axisRule(name), axisValues(name)])
    .default(usual as never)
    .describe(`${meaning} Or a list of such, which is swept.`) as never;
}

const seedsError =
  `must be a count from 1 to ${bound(MAX_TRIALS)}, a list of seeds as [0, 1, 2], ` +
  '{ "untilConverged": 3, "atMost": 500 } or { "untilWidth": 0.05, "atMost": 10000 }';
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
/** Without another check behind it: of a width of 0, no number of trials would be the fewest. */
const width = { error: "must be a number from 0.000001 to 0.99, as 0.05", abort: true };
const seedsUntilNarrow = z
  .strictObject(
    {
      untilWidth: z
        .number(width)
        .min(0.000001, width)
        .max(0.99, width)
        .describe(
          "How wide the 95 % interval of a cell's rate may be, from its low to its high end.",
        ),
      atMost: wholeNumber(1, MAX_TRIALS).describe("Trials that a cell gets, at the most."),
    },
    { error: seedsError },
  )
  .refine(({ untilWidth, atMost }) => atMost >= fewestTrialsFor(untilWidth), {
    path: ["atMost"],
    error: ({ input }) => tooFewFor((input as { untilWidth: number }).untilWidth),
  });

function tooFewFor(width: number): string {
  const fewest = bound(fewestTrialsFor(width));
  return `must be at least ${fewest}, for fewer trials never make an interval that is ${width} wide`;
}

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
    dataset: besideGrids("dataset"),
    grid: z
      .union([grid, z.array(grid).min(1, { error: "must have at least one grid" })])
      .describe("A grid, or a list of grids whose union is swept."),
    seeds: z
      .union([seedCount, seedList, seedsUntil, seedsUntilNarrow])
      .describe(
        "How many trainings a cell gets, seeds 0, 1, 2, …; or a list of seeds; or the shortest run of " +
          "seeds 0, 1, 2, … with so many converged trials; or of seeds 0, 1, 2, … until the rate is known so well.",
      ),
    epochs: besideGrids("epochs"),
    convergence: z
      .strictObject(
        {
          rmse: rmseThreshold.describe(
            "The largest final RMSE of a converged trial, in original units.",
          ),
        },
        { error: 'must be an object, as { "rmse": 0.07 }' },
      )
      .default({ rmse: DEFAULT_THRESHOLD })
      .describe("What counts as converged."),
    engine: oneOf(ENGINE_NAMES).default(DEFAULT_ENGINE).describe("What trains the networks."),
  },
  { error: "must be an object with name, grid and seeds" },
);

/** A sweep file as resolved: checked, with its defaults filled in. */
export type Sweep = z.output<typeof sweepSchema>;

/** JSON Schema (draft 2020-12) of the sweep file, for editors. */
export function sweepJsonSchema(): object {
  return { title: "lrn sweep file", ...z.toJSONSchema(sweepSchema, { io: "input" }) };
}
