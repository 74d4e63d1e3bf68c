/** What claims files have as rules: claims with their tests, and the axes and measures that all their parts name. */
import * as z from "zod";
import { MEASURES, type Measure } from "../analysis/measures.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { axisRule, oneOf } from "../model/axis-rules.js";

export const text = (what: string) =>
  z.string({ error: `must be ${what}` }).min(1, { error: `must be ${what}` });
/** Measures of some kinds; all, unless told. */
export function measureOf(...kinds: readonly Measure["kind"][]) {
  const names = [...MEASURES.values()].filter(
    ({ kind }) => kinds.length === 0 || kinds.includes(kind),
  );
  return oneOf(names.map(({ name }) => name));
}
export const measure = measureOf();
export const axisName = oneOf(AXIS_NAMES);
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

/** The cells that something is about. */
export const someCells = axes(true);
/** What tells one cell from all others. */
export const oneCell = axes(false);

export const among = z.enum(["trained", "converged"], {
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
const seconds = z.number({ error: "must be a number" }).gt(0, { error: "must be above 0" });
const sides = { axis: axisName, base: value, other: value };
const kindError = {
  error:
    'must have a kind: "more", "fewer", "never", "sometimes", "rises", "above", "below", "majority", "minority" or "costs-more"',
};
const test = z.discriminatedUnion(
  "kind",
  [
    ...(["more", "fewer"] as const).map((kind) =>
      z.strictObject({
        kind: z.literal(kind),
        ...measured,
        ...sides,
      }),
    ),
    ...(["never", "sometimes"] as const).map((kind) =>
      z.strictObject({ kind: z.literal(kind), ...counted }),
    ),
    z.strictObject({ kind: z.literal("rises"), ...measured, over: oneOf(NUMBERS) }),
    ...(["above", "below"] as const).map((kind) =>
      z.strictObject({ kind: z.literal(kind), ...counted, share }),
    ),
    ...(["majority", "minority"] as const).map((kind) =>
      z.strictObject({
        kind: z.literal(kind),
        ...measured,
        measure: measureOf("count"),
        of: measureOf("count"),
      }),
    ),
    z.strictObject({
      kind: z.literal("costs-more"),
      ...sides,
      printed: z
        .array(z.strictObject({ where: oneCell, seconds }), {
          error: 'must be a list of printed times, as { "where": { "depth": 10 }, "seconds": 0.5 }',
        })
        .optional(),
    }),
  ] as never,
  kindError,
);

export const note = text("sentences that say how to read it").optional();
export const claimsList = z.array(
  z.strictObject({
    id: text("a short name"),
    from: text("where it is made"),
    says: text("the claim in a sentence"),
    where: someCells.default({}),
    by: z.array(axisName, { error: 'must be a list of axes, as ["depth"]' }).default([]),
    test,
    note,
  }),
  { error: "must be a list of claims" },
);
