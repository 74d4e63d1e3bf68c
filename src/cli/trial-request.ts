/** What `lrn trial` is asked for. */
import * as z from "zod";
import { ENGINE_NAMES, type EngineName } from "../engines/names.js";
import { parseWith } from "../files/schema-errors.js";
import { AXIS_NAMES } from "../model/axes.js";
import { axisRule, oneOf } from "../model/axis-rules.js";
import { refuseMeaningless } from "../model/cell-rules.js";
import type { Trial } from "../model/trial.js";
import { jsonOrText } from "../sweep/overrides.js";
import { rmseThreshold, seed } from "../sweep/schema.js";
import { numberOrText } from "./flags.js";
import { flagOf, TRIAL_FLAGS } from "./trial-flags.js";

export interface TrialRequest {
  readonly trial: Trial;
  /** The largest RMSE of a converged trial, in original units. */
  readonly rmse: number;
  readonly engine: EngineName;
}

const schema = z.strictObject({
  ...Object.fromEntries(AXIS_NAMES.map((name) => [`--${flagOf(name)}`, axisRule(name)])),
  "--seed": seed,
  "--rmse": rmseThreshold,
  "--engine": oneOf(ENGINE_NAMES),
});

/**
 * @param given each flag's text, by its name without the dashes
 * @throws UserError where one breaks its rule, or all together mean nothing
 */
export function readTrialFlags(given: Readonly<Record<string, string>>): TrialRequest {
  const values = Object.keys(TRIAL_FLAGS).map((flag) => [`--${flag}`, flagValue(given[flag])]);
  const flags = parseWith(schema, Object.fromEntries(values), "trial", { what: "a trial" });
  const axes = AXIS_NAMES.map((name) => [name, flags[`--${flagOf(name)}` as never]]);
  const trial = { ...Object.fromEntries(axes), seed: flags["--seed"] } as Trial;
  refuseMeaningless("trial", [trial]);
  return { trial, rmse: flags["--rmse"], engine: flags["--engine"] };
}

/** A number, or an axis's fields as JSON, or a word. */
function flagValue(text: string): unknown {
  const number = numberOrText(text);
  return typeof number === "number" ? number : jsonOrText(text);
}
