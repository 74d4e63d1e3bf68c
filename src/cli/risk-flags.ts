/** `lrn risk`'s flags: those of `lrn trial` that say how a network is born, each of one value or several. */
import type { AxisName } from "../model/axes.js";
import { flagOf, TRIAL_FLAGS } from "./trial-flags.js";

export const RISK_AXES = [
  "depth",
  "width",
  "connection",
  "dataset",
  "activation",
  "initialization",
  "bias",
] as const satisfies readonly AxisName[];

/** By their names without the dashes. */
export const RISK_FLAGS = Object.fromEntries(
  RISK_AXES.map((name) => {
    const flag = TRIAL_FLAGS[flagOf(name)];
    return [flagOf(name), name === "connection" ? { ...flag, defaultDescription: "plain" } : flag];
  }),
);
