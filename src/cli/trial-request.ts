/** What `lrn trial` is asked for. */
import { basename } from "node:path";
import * as z from "zod";
import { ENGINE_NAMES, type EngineName } from "../engines/names.js";
import { UserError } from "../errors.js";
import { parseWith } from "../files/schema-errors.js";
import { AXIS_NAMES } from "../model/axes.js";
import { axisRule, oneOf } from "../model/axis-rules.js";
import { refuseMeaningless } from "../model/cell-rules.js";
import { hasFileNumbers } from "../model/file-points.js";
import { type DatasetSpec, isOfFile, type Trial } from "../model/trial.js";
import { jsonOrText } from "../sweep/overrides.js";
import { readDataset } from "../sweep/read-dataset.js";
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
 * @throws UserError where one breaks its rule, all together mean nothing, or a dataset's file cannot be read
 */
export async function readTrialFlags(
  given: Readonly<Record<string, string>>,
): Promise<TrialRequest> {
  const values = Object.keys(TRIAL_FLAGS).map((flag) => [`--${flag}`, flagValue(given[flag])]);
  const flags = parseWith(schema, Object.fromEntries(values), "trial", { what: "a trial" });
  const axes = AXIS_NAMES.map((name) => [name, flags[`--${flagOf(name)}` as never]]);
  const asked = { ...Object.fromEntries(axes), seed: flags["--seed"] } as Trial;
  const trial = { ...asked, dataset: await withPoints(asked.dataset) };
  refuseMeaningless("trial", [trial]);
  return { trial, rmse: flags["--rmse"], engine: flags["--engine"] };
}

/** The points of a file, read. As in a cell, its name stands for it from then on. */
async function withPoints(dataset: DatasetSpec): Promise<DatasetSpec> {
  if (!isOfFile(dataset)) return dataset;
  const read = await readDataset(dataset, ".", "trial: --dataset");
  if (hasFileNumbers(read)) return { ...read, file: basename(read.file) };
  throw new UserError(
    `trial: --dataset.file: ${dataset.file}: there is no such file; give the path of a CSV file`,
  );
}

/** A number, or an axis's fields as JSON, or a word. */
function flagValue(text: string): unknown {
  const number = numberOrText(text);
  return typeof number === "number" ? number : jsonOrText(text);
}
