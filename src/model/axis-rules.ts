/** The axes' rules as schemas, with a message for what breaks them. */
import * as z from "zod";
import { bound } from "../counted.js";
import { type AxisName, axisOf } from "./axes.js";
import type { AnyAlternatives, AnyChoice, AnyFields, Domain, Text, Texts } from "./axis.js";
import type { Cell } from "./trial.js";

/** The least learning rate, or threshold, that is far above the numbers that float32 rounds to 0. */
const LEAST = 1e-30;

/** What a value of an axis must be. */
export function axisRule<Name extends AxisName>(name: Name): z.ZodType<Cell[Name]> {
  const { domain, meaning } = axisOf(name);
  return ruleOf(domain).describe(meaning) as unknown as z.ZodType<Cell[Name]>;
}

function ruleOf(domain: Domain): z.ZodType {
  switch (domain.kind) {
    case "choice":
      return choice(domain);
    case "whole number":
      return wholeNumber(domain.min, domain.max);
    case "positive number":
      return positiveNumber(domain.max);
    case "number":
      return realNumber(domain);
    case "interval":
      return interval(domain);
    case "text":
      return text(domain);
    case "texts":
      return texts(domain);
    case "fields":
      return fields(domain, `must be an object ${withFields(domain)}`);
    case "alternatives":
      return alternatives(domain);
  }
}

/** A word, or an object with its name and its parameters; what is checked has all of these. */
function choice({ names, parameters }: AnyChoice): z.ZodType {
  if (!parameters) return oneOf(Object.keys(names));
  const named = Object.entries(parameters);
  const usual = new Map(named.flatMap(([name, values]) => usualOf(name, values)));
  const [example] = named.map(([name, values]) =>
    JSON.stringify({ name, ...mapped(values, (of) => of.example) }),
  );
  const quoted = Object.keys(names).map((name) => JSON.stringify(name));
  const error = `must be ${quoted.join(" or ")}, or an object, as ${example}`;
  const words = Object.keys(names).filter((name) => !parameters[name] || usual.has(name));
  const word = z.enum(words, {
    error: ({ input }) =>
      parameters[String(input)] ? `must have its parameter, as ${example}` : error,
  });
  const objects = named.map(([name, values]) =>
    z.strictObject({ name: z.literal(name), ...mapped(values, parameterRule) }),
  );
  // JSON Schema leaves defaults out of what has a transform, so this is none.
  return z
    .union([word, z.discriminatedUnion("name", objects as never, { error })], { error })
    .overwrite((value) => (usual.get(String(value)) ?? value) as never);
}

type Parameters = NonNullable<AnyChoice["parameters"]>[string];
type Parameter = Parameters[string];

/** What a word alone stands for, where each of its parameters has a default. */
function usualOf(name: string, values: Parameters): [string, object][] {
  if (Object.values(values).some((of) => of.default === undefined)) return [];
  return [[name, { name, ...mapped(values, (of) => of.default) }]];
}

function parameterRule({ domain, meaning, default: usual }: Parameter): z.ZodType {
  const rule = ruleOf(domain).describe(meaning);
  return usual === undefined ? rule : rule.default(usual);
}

function mapped<Value>(values: Parameters, to: (of: Parameter) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, of]) => [name, to(of)]));
}

/** Which of the objects is meant shows in its fields. */
function alternatives({ of }: AnyAlternatives): z.ZodType {
  const error = `must be an object ${of.map(withFields).join(", or ")}`;
  return z.union(
    of.map((each) => fields(each, error)),
    { error },
  );
}

function fields({ fields }: AnyFields, error: string): z.ZodType {
  const shape = Object.entries(fields).map(([name, field]) => {
    const rule = ruleOf(field.domain).describe(field.meaning);
    return [name, isRequired(field) ? rule : rule.optional()];
  });
  return z
    .strictObject(Object.fromEntries(shape), { error })
    .overwrite((given) => withoutDefaults(given, fields));
}

function isRequired({ default: usual, filledIn }: AnyFields["fields"][string]): boolean {
  return usual === undefined && filledIn === undefined;
}

/** `with file, inputs and targets`: those that none is without. */
function withFields({ fields }: AnyFields): string {
  const required = Object.keys(fields).filter((name) => isRequired(fields[name]));
  return `with ${required.slice(0, -1).join(", ")} and ${required.at(-1)}`;
}

/** What says what leaving it out says is left out: one meaning has one form, and so one key. */
function withoutDefaults(
  given: Readonly<Record<string, unknown>>,
  fields: AnyFields["fields"],
): Record<string, unknown> {
  const kept = Object.entries(given).filter(
    ([name, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(fields[name].default),
  );
  return Object.fromEntries(kept);
}

function realNumber({ min, max }: { min: number; max: number }) {
  const error = `must be a number from ${bound(min)} to ${bound(max)}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

function text({ pattern, rule }: Text) {
  const error = `must be ${rule}`;
  return z.string({ error }).regex(pattern, { error });
}

function texts({ each, most, rule }: Texts) {
  const error = `must be ${rule}`;
  return z
    .array(text(each), { error })
    .min(1, { error })
    .max(most, { error })
    .refine((values) => new Set(values).size === values.length, { error });
}

function interval({ min, max }: { min: number; max: number }) {
  const error = `must be two numbers from ${bound(min)} to ${bound(max)}, the lower first, as [-1, 1]`;
  const end = z.number({ error }).min(min, { error }).max(max, { error });
  return z.tuple([end, end], { error }).refine(([low, high]) => low < high, { error });
}

export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${bound(min)} to ${bound(max)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function positiveNumber(max: number) {
  const error = `must be a number from ${LEAST} to ${bound(max)}`;
  return z.number({ error }).min(LEAST, { error }).max(max, { error });
}

/** Of a final RMSE in original units. */
export const rmseThreshold = positiveNumber(1_000_000);

export function oneOf<const Values extends readonly string[]>(values: Values) {
  const quoted = values.map((value) => JSON.stringify(value));
  return z.enum(values, { error: `must be ${quoted.join(" or ")}` });
}
