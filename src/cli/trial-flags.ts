/** `lrn trial`'s flags: one for each axis, and what is beside them. */
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { DEFAULT_ENGINE } from "../engines/names.js";
import type { AnyChoice, Domain } from "../model/axis.js";
import { DEFAULT_THRESHOLD } from "../model/trial.js";
import { ENGINE_HELP } from "./sweep-flags.js";

export interface Flag {
  /** What it is without being given, as text: told only, so that what is given can be told from it. */
  readonly defaultDescription: string;
  /** Whether help calls it a number. */
  readonly number?: boolean;
  readonly describe: string;
}

/** A flag that help shows as a number, and that is read as text, so that messages show what was given. */
function numberOf(value: string, describe: string): Flag {
  return { defaultDescription: value, number: true, describe };
}

/** By their names without the dashes. */
export const TRIAL_FLAGS: Readonly<Record<string, Flag>> = {
  ...Object.fromEntries(AXIS_NAMES.map((name) => [flagOf(name), axisFlag(name)])),
  seed: numberOf("0", "Decides the initial parameters"),
  rmse: numberOf(String(DEFAULT_THRESHOLD), "Largest final RMSE of a converged trial"),
  engine: { defaultDescription: DEFAULT_ENGINE, describe: ENGINE_HELP },
};

/** `learning-rate` */
export function flagOf(name: AxisName): string {
  return axisOf(name).column.replaceAll("_", "-");
}

/** The words of axes that have words and stand alone, by their flags, for a shell to complete. */
export function axisValues(): Record<string, () => Promise<readonly string[]>> {
  const flags = AXIS_NAMES.flatMap((name) => {
    const { domain } = axisOf(name);
    if (domain.kind !== "choice") return [];
    const words = Object.keys(domain.names).filter((word) =>
      Object.values(domain.parameters?.[word] ?? {}).every((of) => of.default !== undefined),
    );
    return [[flagOf(name), async () => words] as const];
  });
  return Object.fromEntries(flags);
}

function axisFlag(name: AxisName): Flag {
  const { example, meaning, domain } = axisOf(name);
  const describe = helpOf(meaning.replace(/[.]$/, ""), domain);
  if (domain.kind.endsWith("number")) return numberOf(String(example), describe);
  const isObject = typeof example === "object";
  return { defaultDescription: isObject ? JSON.stringify(example) : String(example), describe };
}

/** What an axis means, and how a value is written. */
function helpOf(meaning: string, domain: Domain): string {
  switch (domain.kind) {
    case "choice":
      return `${meaning}: ${Object.keys(domain.names).join(" or ")}${parametersHelp(domain)}`;
    case "texts":
    case "fields":
    case "alternatives":
    case "interval":
      return `${meaning}; as JSON`;
    case "text":
    case "whole number":
    case "positive number":
    case "number":
      return meaning;
  }
}

/** How a word that has a parameter is written with it. */
function parametersHelp({ parameters }: AnyChoice): string {
  if (!parameters) return "";
  const [[name, of]] = Object.entries(parameters);
  const [[parameter, { example }]] = Object.entries(of);
  return `; with a parameter as JSON: ${JSON.stringify({ name, [parameter]: example })}`;
}
