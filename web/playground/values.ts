/** Values of axes as text and back, for the address bar: a value that breaks its axis's rule is left out. */
import { AXIS_NAMES, type AxisName, axisOf } from "../../src/model/axes.js";
import type { AnyFields, Domain } from "../../src/model/axis.js";
import { type Cell, isOfFile, type Trial } from "../../src/model/trial.js";
import { fragmentOf, type Selection, type Where } from "../selection.js";

/** Words and numbers as they are, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Where the playground begins with this trial on its left side. */
export function playgroundLink(trial: Trial): string {
  return fragmentOf({ view: "playground", ...playgroundOf(trial, trial.seed) });
}

/** The same as a selection, with the other of the thesis's two connections on the right. */
export function playgroundOf(cell: Cell, seed: number): Pick<Selection, "where" | "seed" | "more"> {
  const named = AXIS_NAMES.filter(
    (name) => name === "connection" || textOf(cell[name]) !== textOf(axisOf(name).example),
  );
  return {
    where: Object.fromEntries(named.map((name) => [name, textOf(cell[name])])),
    seed,
    more: { other: cell.connection === "late-residual" ? "plain" : "late-residual" },
  };
}

/** What of a link breaks its axis's rule: its columns with the texts, as `learning_rate=1e300`. */
export function refusedOf(where: Where): string[] {
  return AXIS_NAMES.flatMap((name) => {
    const text = where[name];
    if (text === undefined || fits(axisOf(name).domain, parsed(text))) return [];
    return [`${axisOf(name).column}=${text}`];
  });
}

/** What `lrn trial` trains where it is told nothing, but for a plain network, with what is chosen in its place. */
export function chosenCell(where: Where): Cell {
  const entries = AXIS_NAMES.map((name) => [name, chosenValue(name, where[name])]);
  return Object.fromEntries(entries) as Cell;
}

function chosenValue(name: AxisName, text: string | undefined): unknown {
  const { domain, example } = axisOf(name);
  const value = text === undefined ? undefined : parsed(text);
  if (fits(domain, value)) return value;
  return name === "connection" ? "plain" : example;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a value is one of the domain's. Data files are none of a page's: it cannot read them. */
export function fits(domain: Domain, value: unknown): boolean {
  switch (domain.kind) {
    case "choice": {
      const name = isObject(value) ? String(value.name) : value;
      if (typeof name !== "string" || !Object.hasOwn(domain.names, name)) return false;
      const parameters = Object.entries(domain.parameters?.[name] ?? {});
      if (!isObject(value)) return parameters.length === 0;
      return parameters.length > 0 && parameters.every(([key, of]) => fits(of.domain, value[key]));
    }
    case "whole number":
      return Number.isInteger(value) && isWithin(value, domain.min, domain.max);
    case "positive number":
      return isWithin(value, Number.MIN_VALUE, domain.max);
    case "number":
      return isWithin(value, domain.min, domain.max);
    case "interval":
      return (
        Array.isArray(value) &&
        value.length === 2 &&
        value.every((end) => isWithin(end, domain.min, domain.max)) &&
        value[0] < value[1]
      );
    case "fields":
      return isObject(value) && fitsFields(domain, value);
    case "alternatives":
      return !isOfFile(value) && domain.of.some((fields) => fits(fields, value));
    case "text":
    case "texts":
      return false;
  }
}

function fitsFields({ fields }: AnyFields, value: Readonly<Record<string, unknown>>): boolean {
  const known = Object.keys(value).every((key) => Object.hasOwn(fields, key));
  const asked = Object.entries(fields).every(([key, field]) =>
    value[key] === undefined ? field.default !== undefined : fits(field.domain, value[key]),
  );
  return known && asked;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWithin(value: unknown, low: number, high: number): value is number {
  return typeof value === "number" && value >= low && value <= high;
}
