/** `lrn risk`'s flags: those of `lrn trial` that say how a network is born, each of one value or several. */
import { BORN_AXES } from "../model/axes.js";
import type { Connection } from "../model/trial.js";
import { flagOf, TRIAL_FLAGS } from "./trial-flags.js";

/** What is asked about where no connection is given. */
export const RISK_CONNECTION: Connection = "plain";

/** By their names without the dashes. */
export const RISK_FLAGS = Object.fromEntries(
  BORN_AXES.map((name) => {
    const flag = TRIAL_FLAGS[flagOf(name)];
    return [
      flagOf(name),
      name === "connection" ? { ...flag, defaultDescription: RISK_CONNECTION } : flag,
    ];
  }),
);
