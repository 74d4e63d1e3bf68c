/** A claims file: what a paper says of its networks, and prints of them, to be held against trainings. */
import { dirname, join } from "node:path";
import * as z from "zod";
import type { AskedPlot } from "../analysis/account.js";
import type { Claim } from "../analysis/claims.js";
import { hasWhole, MEASURES } from "../analysis/measures.js";
import type { PublishedNumber } from "../analysis/published-numbers.js";
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith } from "../files/schema-errors.js";
import { wholeNumber } from "../model/axis-rules.js";
import {
  among,
  axisName,
  claimsList,
  measure,
  measureOf,
  note,
  oneCell,
  someCells,
  text,
} from "./claims-schema.js";

/** What `lrn verify` is told of a paper. */
export interface ClaimsFile {
  readonly name: string;
  /** The paper. */
  readonly source: string;
  /** The path of the sweep file whose networks it is about. */
  readonly sweep: string;
  readonly numbers: readonly PublishedNumber[];
  readonly claims: readonly Claim[];
  readonly hypotheses: readonly Claim[];
  readonly plots: readonly AskedPlot[];
}

const MOST_COUNTED = 1_000_000;
const printed = { from: text("where it is printed"), where: oneCell };
const count = wholeNumber(0, MOST_COUNTED);
const published = z.discriminatedUnion(
  "kind",
  [
    z
      .strictObject({
        kind: z.literal("count"),
        ...printed,
        measure: measureOf("rate"),
        trials: wholeNumber(1, MOST_COUNTED),
        count,
      })
      .refine(({ trials, count }) => count <= trials, {
        path: ["count"],
        error: "must be at most its trials",
      }),
    z.strictObject({
      kind: z.literal("mean"),
      ...printed,
      measure: measureOf("count"),
      trials: wholeNumber(1, 1000),
      mean: z.number({ error: "must be a number" }).min(0, { error: "must be at least 0" }),
      decimals: wholeNumber(0, 9),
    }),
  ],
  { error: 'must have a kind: "count" or "mean"' },
);

const plot = z
  .strictObject({
    id: z
      .string({ error: "must be the name of a file without its ending" })
      .regex(/^[a-z0-9][a-z0-9.-]{0,79}$/, {
        error: "must be 1 to 80 small letters, digits, dots or dashes, a letter or digit first",
      }),
    title: text("a title"),
    where: someCells.default({}),
    x: axisName,
    y: z.array(measure, { error: 'must be a list of measures, as ["converged"]' }).min(1, {
      error: "must have at least one",
    }),
    colour: axisName.optional(),
    row: axisName.optional(),
    column: axisName.optional(),
    among: among.optional(),
    share: z.boolean({ error: "must be true or false" }).optional(),
    note,
  })
  .refine(({ share, y }) => !share || y.every((name) => hasWhole(MEASURES.get(name as string)!)), {
    path: ["share"],
    error: "is for counts of neurons or layers alone",
  })
  .refine(
    ({ x, colour, row, column }) => {
      const placed = [x, colour, row, column].filter((name) => name !== undefined);
      return new Set(placed).size === placed.length;
    },
    { path: ["x"], error: "an axis can stand in one place only" },
  );

export const claimsSchema = z.strictObject(
  {
    $schema: z.string({ error: "must be the path of a JSON Schema" }).optional(),
    name: z
      .string({ error: "must be a name" })
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
        error:
          "must be 1 to 100 letters, digits, dots, dashes or underscores, a letter or digit first",
      })
      .describe("Names the account, and the folder of its trainings."),
    source: text("the paper").describe("The paper."),
    sweep: text("the path of a sweep file").describe(
      "The sweep file whose networks it is about; its path begins at this file's folder.",
    ),
    numbers: z
      .array(published, { error: "must be a list of printed numbers" })
      .default([])
      .describe("Printed counts and means, each of one cell of the sweep."),
    claims: claimsList.default([]).describe("What it says in words."),
    hypotheses: claimsList
      .default([])
      .describe("What may explain its numbers; judged apart from what it says."),
    plots: z
      .array(plot, { error: "must be a list of plots" })
      .default([])
      .describe("What the account draws, as `lrn plot` does, with printed numbers beside ours."),
  },
  { error: "must be an object with name, source, sweep, numbers, claims, hypotheses and plots" },
);

/** JSON Schema (draft 2020-12) of a claims file, for editors. */
export function claimsJsonSchema(): object {
  return {
    title: "lrn claims file",
    ...z.toJSONSchema(claimsSchema, { io: "input", reused: "ref" }),
  };
}

/** @throws UserError where the file cannot be read, is not JSON, or breaks a rule */
export async function readClaims(file: string): Promise<ClaimsFile> {
  const content = await readText(file, {
    what: "the path of a claims file",
    maxBytes: 4 * 2 ** 20,
  });
  if (content === undefined) {
    throw new UserError(
      `${file || '""'}: there is no such file; give the path of a claims file, or "thesis"`,
    );
  }
  const json = parseJson(content, file, { comments: true });
  const claims = parseWith(claimsSchema, json, file, { what: "a claims file" });
  if (claims.numbers.length + claims.claims.length + claims.hypotheses.length === 0) {
    throw new UserError(`${file}: must have numbers or claims, has neither; add one`);
  }
  const ids = claims.plots.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new UserError(`${file}: plots: two have the id "${twice}"; give one another`);
  }
  return { ...claims, sweep: join(dirname(file), claims.sweep) } as never;
}
