/** What `lrn risk` is asked about: the kinds of networks of a sweep, whose axes flags replace. */
import canonicalize from "canonicalize";
import { hiddenLike, type Newborn } from "../analysis/applicable-bounds.js";
import { number } from "../counted.js";
import { UserError } from "../errors.js";
import { short } from "../files/schema-errors.js";
import { type AxisName, axisOf } from "../model/axes.js";
import { pick } from "../model/cells.js";
import type { Connection } from "../model/trial.js";
import { type Fields, overridden, valueFor } from "../sweep/overrides.js";
import { cellsOf } from "../sweep/plan.js";
import { checkedSweep, readSweep, type SweepFile } from "../sweep/read-sweep.js";
import { RISK_AXES } from "./risk-flags.js";
import { flagOf } from "./trial-flags.js";

/** Networks that are born alike: they differ at most in what their output reads. */
export interface Kind {
  readonly newborn: Newborn;
  readonly connections: readonly Connection[];
}

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
  const flags = RISK_AXES.flatMap((name) => {
    const text = given[flagOf(name)];
    return text === undefined ? [] : [{ name, text, path: `grid.${name}` }];
  });
  const overrides = flags.map(({ path, text }) => ({ path, value: valueFor(path, text) }));
  const texts = flags.map(({ name, text }) => `--${flagOf(name)} ${text}`);
  const sweep =
    file === undefined
      ? await checkedSweep(
          overrides.reduce(overridden, USUAL as Fields) as never,
          ["risk", ...texts.map(short)].join(" "),
        )
      : await readSweep(file, overrides, texts);
  const kinds = kindsAmong(cellsOf(sweep));
  if (kinds.length <= MOST_KINDS) return kinds;
  throw new UserError(
    `risk: must be about at most ${MOST_KINDS} kinds of networks, got ${number(kinds.length)}; ` +
      "give fewer depths, widths or other values",
  );
}

/** What is asked about where nothing is said: the examples of the axes. */
const USUAL: SweepFile = {
  name: "risk",
  seeds: 1,
  grid: Object.fromEntries(
    (["depth", "width", "connection", "optimizer", "learningRate", "trainingStyle"] as const).map(
      (name) => [name, [name === "connection" ? "plain" : axisOf(name).example]],
    ),
  ),
};

function kindsAmong(cells: readonly Newborn[]): Kind[] {
  const kinds = new Map<string, { newborn: Newborn; connections: Connection[] }>();
  for (const cell of cells) {
    const newborn = pick(cell, RISK_AXES as readonly AxisName[]) as Newborn;
    const key = canonicalize({ ...newborn, connection: hiddenLike(cell.connection) })!;
    const kind = kinds.get(key);
    if (!kind) kinds.set(key, { newborn, connections: [cell.connection] });
    else if (!kind.connections.includes(cell.connection)) kind.connections.push(cell.connection);
  }
  return [...kinds.values()];
}
