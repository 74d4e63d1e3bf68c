/** A claims file: what a paper says of its networks, and prints of them, to be held against trainings. */
import { dirname, join } from "node:path";
import * as z from "zod";
import type { Claim } from "../analysis/claims.js";
import { MEASURES, type Measure } from "../analysis/measures.js";
import type { PublishedNumber } from "../analysis/published-numbers.js";
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith } from "../files/schema-errors.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { axisRule, oneOf, wholeNumber } from "../model/axis-rules.js";

/** What `lrn verify` is told of a paper. */
export interface ClaimsFile {
  readonly name: string;
  /** The paper. */
  readonly source: string;
  /** The path of the sweep file whose networks it is about. */
  readonly sweep: string;
  readonly numbers: readonly PublishedNumber[];
  readonly claims: readonly Claim[];
}

const MAX_TRIALS = 1_000_000;
const text = (what: string) =>
  z.string({ error: `must be ${what}` }).min(1, { error: `must be ${what}` });
/** Measures of some kinds; all, unless told. */
function measureOf(...kinds: readonly Measure["kind"][]) {
  const names = [...MEASURES.values()].filter(
    ({ kind }) => kinds.length === 0 || kinds.includes(kind),
  );
  return oneOf(names.map(({ name }) => name));
}
const measure = measureOf();
const axisName = oneOf(AXIS_NAMES);
/** The axes whose values have an order. */
const NUMBERS = AXIS_NAMES.filter((name) => axisOf(name).domain.kind.endsWith("number"));

/** For each axis one value, or several. */
function axes(several: boolean) {
  const error = 'must be an object of axes, as { "depth": 10 }';
  const values = (name: AxisName) => {
    const rule = axisRule(name);
    const list = z.array(rule, { error: "must be a list of values, as [10, 20]" });
    return (several ? list : rule).optional();
  };
  return z.strictObject(Object.fromEntries(AXIS_NAMES.map((name) => [name, values(name)])), {
    error,
  });
}

const among = z.enum(["trained", "converged"], {
  error: 'must be "trained" or "converged"',
});
const measured = { measure, among: among.optional() };
const counted = { ...measured, measure: measureOf("rate", "count") };
const aValue = { error: "must be a value of the axis" };
const value = z.union(
  [z.string(aValue), z.number(aValue), z.record(z.string(), z.unknown(), aValue)],
  aValue,
);
const share = z
  .number({ error: "must be a number above 0 and below 1" })
  .gt(0, { error: "must be above 0" })
  .lt(1, { error: "must be below 1" });
const kindError = {
  error: 'must have a kind: "more", "fewer", "never", "sometimes", "rises", "above" or "below"',
};
const test = z.discriminatedUnion(
  "kind",
  [
    ...(["more", "fewer"] as const).map((kind) =>
      z.strictObject({
        kind: z.literal(kind),
        ...measured,
        axis: axisName,
        base: value,
        other: value,
      }),
    ),
    ...(["never", "sometimes"] as const).map((kind) =>
      z.strictObject({ kind: z.literal(kind), ...counted }),
    ),
    z.strictObject({ kind: z.literal("rises"), ...measured, over: oneOf(NUMBERS) }),
    ...(["above", "below"] as const).map((kind) =>
      z.strictObject({ kind: z.literal(kind), ...counted, share }),
    ),
  ] as never,
  kindError,
);

const printed = { from: text("where it is printed"), where: axes(false) };
const count = wholeNumber(0, MAX_TRIALS);
const published = z.discriminatedUnion(
  "kind",
  [
    z
      .strictObject({
        kind: z.literal("count"),
        ...printed,
        measure: measureOf("rate"),
        trials: wholeNumber(1, MAX_TRIALS),
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
    claims: z
      .array(
        z.strictObject({
          id: text("a short name"),
          from: text("where it is made"),
          says: text("the claim in a sentence"),
          where: axes(true).default({}),
          by: z.array(axisName, { error: 'must be a list of axes, as ["depth"]' }).default([]),
          test,
        }),
        { error: "must be a list of claims" },
      )
      .default([])
      .describe("What it says in words."),
  },
  { error: "must be an object with name, source, sweep, numbers and claims" },
);

/** JSON Schema (draft 2020-12) of a claims file, for editors. */
export function claimsJsonSchema(): object {
  return { title: "lrn claims file", ...z.toJSONSchema(claimsSchema, { io: "input" }) };
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
  if (claims.numbers.length + claims.claims.length === 0) {
    throw new UserError(`${file}: must have numbers or claims, has neither; add one`);
  }
  return { ...claims, sweep: join(dirname(file), claims.sweep) } as never;
}
