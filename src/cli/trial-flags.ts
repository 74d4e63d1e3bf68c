/** `lrn trial`'s flags: one for each axis, and what is beside them. */
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import type { Domain } from "../model/axis.js";
import { ENGINE_HELP } from "./sweep-flags.js";

interface Flag {
  /** What it is without being given, as text. */
  readonly default: string;
  readonly describe: string;
}

/** By their names without the dashes. */
export const TRIAL_FLAGS: Readonly<Record<string, Flag>> = {
  ...Object.fromEntries(AXIS_NAMES.map((name) => [flagOf(name), axisFlag(name)])),
  seed: { default: "0", describe: "Decides the initial parameters" },
  rmse: { default: "0.07", describe: "Largest final RMSE of a converged trial" },
  engine: { default: "fused", describe: ENGINE_HELP },
};

/** `learning-rate` */
export function flagOf(name: AxisName): string {
  return axisOf(name).column.replaceAll("_", "-");
}

function axisFlag(name: AxisName): Flag {
  const { example, meaning, domain } = axisOf(name);
  const text = typeof example === "object" ? JSON.stringify(example) : String(example);
  return { default: text, describe: helpOf(meaning.replace(/[.]$/, ""), domain) };
}

/** What an axis means, and how a value is written. */
function helpOf(meaning: string, domain: Domain): string {
  switch (domain.kind) {
    case "choice":
      return `${meaning}: ${Object.keys(domain.names).join(" or ")}`;
    case "fields":
      return `${meaning}; as JSON`;
    case "whole number":
    case "positive number":
      return meaning;
  }
}
