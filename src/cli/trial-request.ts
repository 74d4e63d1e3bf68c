/** What `lrn trial` is asked for: the trial that flags describe, or one of a folder, in which they replace values. */
import { basename } from "node:path";
import * as z from "zod";
import { ENGINE_NAMES, type EngineName } from "../engines/names.js";
import { UserError } from "../errors.js";
import { parseWith } from "../files/schema-errors.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { axisRule, oneOf, rmseThreshold } from "../model/axis-rules.js";
import { refuseMeaningless } from "../model/cell-rules.js";
import { sameValue } from "../model/cells.js";
import { hasFileNumbers } from "../model/file-points.js";
import { type DatasetSpec, isOfFile, THESIS_DATASET, type Trial } from "../model/trial.js";
import { readDataFile } from "../runs/folder-data.js";
import { type FoundTrial, findTrial } from "../runs/stored-trial.js";
import { completedDataset } from "../sweep/completed-dataset.js";
import { isFields, jsonOrText } from "../sweep/overrides.js";
import { readDataset } from "../sweep/read-dataset.js";
import { seed } from "../sweep/schema.js";
import { numberOrText } from "./flags.js";
import { flagOf, TRIAL_FLAGS } from "./trial-flags.js";

export interface TrialRequest {
  readonly trial: Trial;
  /** The largest RMSE of a converged trial, in original units. */
  readonly rmse: number;
  readonly engine: EngineName;
  readonly backend: string | undefined;
  /** The trial of a folder that is shown again, and what of it is replaced: `seed 3 instead of seed 0`. */
  readonly found?: FoundTrial;
  readonly replaced: readonly string[];
}

type Given = Readonly<Record<string, string | undefined>>;

const RULES: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(AXIS_NAMES.map((name) => [flagOf(name), axisRule(name)])),
  seed,
  rmse: rmseThreshold,
  engine: oneOf(ENGINE_NAMES),
};

/** What `RULES` let through. */
interface Values extends Partial<Trial> {
  readonly rmse?: number;
  readonly engine?: EngineName;
}

const FOLDER = "results/thesis";

/**
 * @param given each flag's text, by its name without the dashes; `dir` is the folder
 * @throws UserError where one breaks its rule, all together mean nothing, or a folder or a dataset's file
 *   cannot be read
 */
export async function readTrialRequest(given: Given): Promise<TrialRequest> {
  const { dir, key, backend } = given;
  if (key === undefined) {
    if (dir !== undefined) {
      throw new UserError(
        `trial: a folder has many trials, got ${dir} alone; say which with --key, or leave the folder out`,
      );
    }
    const usual = Object.entries(TRIAL_FLAGS).map(([flag, of]) => [flag, of.defaultDescription]);
    const values = checked({ ...Object.fromEntries(usual), ...present(given) }, THESIS_DATASET);
    const { rmse, engine, ...trial } = values as Required<Values>;
    return { trial: await readable(trial), rmse, engine, backend, replaced: [] };
  }
  const found = await findTrial(dir ?? FOLDER, key, backend);
  const {
    rmse = found.threshold,
    engine = found.engine,
    ...values
  } = checked(present(given), found.trial.dataset);
  const asked = { ...found.trial, ...values };
  const isSameData = sameValue(asked.dataset, found.trial.dataset);
  const trial = await (isSameData ? readableAgain(found.trial, asked) : readable(asked));
  return {
    trial,
    rmse,
    engine,
    backend: backend ?? (engine === found.engine ? found.backend : undefined),
    found,
    replaced: differences(found, trial, engine),
  };
}

/** The flags of a trial that are there. */
function present(given: Given): Given {
  return Object.fromEntries(
    Object.keys(TRIAL_FLAGS).flatMap((flag) =>
      given[flag] === undefined ? [] : [[flag, given[flag]]],
    ),
  );
}

/** @param dataset has the fields of a dataset that are not given */
function checked(given: Given, dataset: DatasetSpec): Values {
  const values = Object.entries(given).map(([flag, text]) => {
    const value = flagValue(text!);
    return [flag, flag === "dataset" && isFields(value) ? completedDataset(value, dataset) : value];
  });
  const dashed = (of: [string, unknown][]) =>
    Object.fromEntries(of.map(([flag, value]) => [`--${flag}`, value]));
  const schema = z.strictObject(
    dashed(Object.keys(given).map((flag) => [flag, RULES[flag]])) as z.ZodRawShape,
  );
  const flags = parseWith(schema, dashed(values as never), "trial", { what: "a trial" });
  const names = new Map(AXIS_NAMES.map((name) => [`--${flagOf(name)}`, name as string]));
  return Object.fromEntries(
    Object.entries(flags).map(([flag, value]) => [names.get(flag) ?? flag.slice(2), value]),
  );
}

/** A number, or an axis's fields as JSON, or a word. */
function flagValue(text: string): unknown {
  const number = numberOrText(text);
  return typeof number === "number" ? number : jsonOrText(text);
}

/** In words. A flag that gives what the trial has replaces nothing. */
function differences(found: FoundTrial, trial: Trial, engine: EngineName): string[] {
  const axes = AXIS_NAMES.filter((name) => !sameValue(trial[name], found.trial[name]));
  const phrase = (name: AxisName, of: Trial) => axisOf(name).phrase(of[name]);
  const others = [
    [`seed ${trial.seed}`, `seed ${found.trial.seed}`],
    [`engine ${engine}`, `engine ${found.engine}`],
  ].filter(([now, before]) => now !== before);
  const pairs = [
    ...axes.map((name) => [phrase(name, trial), phrase(name, found.trial)]),
    ...others,
  ];
  return pairs.map(([now, before]) => `${now} instead of ${before}`);
}

/** With the points of its file read. As in a cell, the file's name stands for it from then on. */
async function readable(trial: Trial): Promise<Trial> {
  const { dataset } = trial;
  if (!isOfFile(dataset)) return meaningful(trial);
  const read = await readDataset(dataset, ".", "trial: --dataset");
  if (hasFileNumbers(read)) return meaningful({ ...trial, dataset: named(read) });
  throw new UserError(
    `trial: --dataset.file: ${dataset.file}: there is no such file; give the path of a CSV file`,
  );
}

/** The same of a folder's dataset. */
async function readableAgain({ dataset }: Trial, trial: Trial): Promise<Trial> {
  if (!isOfFile(dataset)) return meaningful(trial);
  await readDataFile(dataset, "--key");
  return meaningful({ ...trial, dataset: named(dataset) });
}

function named<Dataset extends { readonly file: string }>(dataset: Dataset): Dataset {
  return { ...dataset, file: basename(dataset.file) };
}

function meaningful(trial: Trial): Trial {
  refuseMeaningless("trial", [trial]);
  return trial;
}
