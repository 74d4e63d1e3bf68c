/** What `lrn risk` is asked about: the kinds of networks of a sweep, whose axes flags replace. */
import * as z from "zod";
import { number } from "../counted.js";
import { UserError } from "../errors.js";
import { parseWith } from "../files/schema-errors.js";
import { AXIS_NAMES, axisOf, BORN_AXES } from "../model/axes.js";
import { axisRule } from "../model/axis-rules.js";
import { isOfFile } from "../model/trial.js";
import { type Kind, kindsAmong } from "../runs/newborn-kinds.js";
import { type Fields, overridden, valueFor } from "../sweep/overrides.js";
import { cellsOf } from "../sweep/plan.js";
import { readDataset } from "../sweep/read-dataset.js";
import { checkedSweep, readSweep, type SweepFile } from "../sweep/read-sweep.js";
import { axisValues } from "../sweep/schema.js";
import { RISK_CONNECTION } from "./risk-flags.js";
import { flagOf } from "./trial-flags.js";

/** A table of more would take long, and nobody would read it. */
const MOST_KINDS = 500;

/**
 * @param given each flag's text, by its name without the dashes
 * @throws UserError where a flag or the file breaks a rule, or asks for more than 500 kinds of networks
 */
export async function readKinds(
  file: string | undefined,
  given: Readonly<Record<string, string | undefined>>,
): Promise<Kind[]> {
  const flags = await readFlags(given);
  const overrides = flags.map(({ path, value }) => ({ path, value }));
  const texts = flags.map(({ flag, text }) => `${flag} ${text}`);
  const sweep =
    file === undefined
      ? await checkedSweep(overrides.reduce(overridden, USUAL as Fields) as never, "risk")
      : await readSweep(file, overrides, texts);
  const kinds = kindsAmong(cellsOf(sweep, file ?? "risk"));
  if (kinds.length <= MOST_KINDS) return kinds;
  throw new UserError(
    `risk: must be about at most ${MOST_KINDS} kinds of networks, got ${number(kinds.length)}; ` +
      "give fewer depths, widths or other values",
  );
}

interface GivenFlag {
  readonly flag: string;
  readonly text: string;
  /** Of the sweep file's field that the value replaces. */
  readonly path: string;
  readonly value: unknown;
}

/** Checked by themselves, so that messages name flags and not the fields that they stand for. */
async function readFlags(
  given: Readonly<Record<string, string | undefined>>,
): Promise<GivenFlag[]> {
  const asked = BORN_AXES.flatMap((name) => {
    const text = given[flagOf(name)];
    const path = `grid.${name}`;
    return text === undefined
      ? []
      : [{ name, flag: `--${flagOf(name)}`, text, path, value: only(valueFor(path, text)) }];
  });
  const schema = z.strictObject(
    Object.fromEntries(
      asked.map(({ name, flag, value }) => [
        flag,
        Array.isArray(value) ? axisValues(name) : axisRule(name),
      ]),
    ),
  );
  const values = Object.fromEntries(asked.map(({ flag, value }) => [flag, value]));
  const checked = parseWith(schema, values, "risk", { what: "a network" });
  return Promise.all(
    asked.map(async ({ flag, text, path }) => ({
      flag,
      text,
      path,
      value: await Promise.all([checked[flag]].flat().map((value) => read(value, flag))),
    })),
  );
}

/** A list of one value is that value. */
function only(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** A file's path begins at the working directory, also beside a sweep file that lies elsewhere. */
async function read(value: unknown, flag: string): Promise<unknown> {
  return isOfFile(value) ? readDataset(value, ".", `risk: ${flag}`) : value;
}

/** What is asked about where nothing is said: the examples of the axes. */
const USUAL: SweepFile = {
  name: "risk",
  seeds: 1,
  grid: Object.fromEntries(
    AXIS_NAMES.filter((name) => axisOf(name).default === undefined).map((name) => [
      name,
      [name === "connection" ? RISK_CONNECTION : axisOf(name).example],
    ]),
  ),
};
