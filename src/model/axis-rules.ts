/** The axes' rules as schemas, with a message for what breaks them. */
import * as z from "zod";
import { type AxisName, axisOf } from "./axes.js";
import type { Domain } from "./axis.js";
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
      return oneOf(Object.keys(domain.names));
    case "whole number":
      return wholeNumber(domain.min, domain.max);
    case "positive number":
      return positiveNumber(domain.max);
    case "fields": {
      const fields = Object.entries(domain.fields);
      const names = fields.map(([name]) => name);
      const shape = fields.map(([name, { domain, meaning }]) => [
        name,
        ruleOf(domain).describe(meaning),
      ]);
      return z.strictObject(Object.fromEntries(shape), {
        error: `must be an object with ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
      });
    }
  }
}

export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${grouped(min)} to ${grouped(max)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function positiveNumber(max: number) {
  const error = `must be a number from ${LEAST} to ${grouped(max)}`;
  return z.number({ error }).min(LEAST, { error }).max(max, { error });
}

export function oneOf<const Values extends readonly string[]>(values: Values) {
  const quoted = values.map((value) => JSON.stringify(value));
  return z.enum(values, { error: `must be ${quoted.join(" or ")}` });
}

/** 10,000 but 1000 */
export function grouped(value: number): string {
  return value.toLocaleString("en-US", { useGrouping: "min2" });
}
