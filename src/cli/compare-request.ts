/** What `lrn compare` is asked, read against what a folder has. */
import type { ArmsRequest } from "../analysis/compare-arms.js";
import type { Dimension, GridCell } from "../analysis/dimensions.js";
import { type Arm, armsOfAxis, matchGrids, matchOnOthers } from "../analysis/matched-arms.js";
import { UserError } from "../errors.js";
import { differingAxes, valuesIn, valueText } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import type { MeasuredFolder } from "../runs/measured-cells.js";
import { rmseThreshold } from "../model/axis-rules.js";
import { axisNamed, dimensionNamed } from "./axis-names.js";
import { meantBy } from "./axis-values.js";
import { numberOrText } from "./flags.js";
import { flagOf } from "./trial-flags.js";
import { readWhere, type Where } from "./where.js";

export interface ComparisonFlags {
  readonly axis: string | undefined;
  readonly base: string | undefined;
  readonly by: string | undefined;
}

type Folder = Pick<MeasuredFolder, "cells" | "grids">;

/** @throws UserError where there is no such axis, or no cell of the folder has a value */
export function whereIn({ cells, grids }: Folder, texts: readonly string[]): Where {
  const ofGrids = [...grids].flatMap(([grid, own]) =>
    own.map((cell): GridCell => ({ cell, grid })),
  );
  return readWhere(texts, [...cells.map((cell) => ({ cell })), ...ofGrids]);
}

/** What is compared with what; the measure is told apart, for it decides what is read. */
export type ArmsChosen = Pick<ArmsRequest, "base" | "others" | "match" | "by"> & {
  readonly axis: Dimension;
};

/** @throws UserError where a flag names what the folder has not, or there is nothing to compare */
export function chosenArms(flags: ComparisonFlags, folder: Folder, where: Where): ArmsChosen {
  const cells = folder.cells.filter(where.hasCell);
  const named = [...folder.grids]
    .filter(([name]) => where.hasGrid(name))
    .map(([name, own]): Arm => ({ name, cells: own }));
  const axis =
    flags.axis === undefined
      ? usualAxis(cells, named.length > 1 || where.limitsGrids)
      : dimensionNamed("--axis", flags.axis);
  if (axis !== "grid" && where.limitsGrids) {
    throw new UserError(
      `--where: grid is for --axis grid, ${flagOf(axis)} is compared; leave it out, or give --axis grid`,
    );
  }
  // Grids are matched whole, so that what they are matched on does not depend on which of it is asked for.
  const matchWanted = (one: Arm, other: Arm) => {
    const { strata, notes } = matchGrids(one, other);
    return { strata: strata.filter(where.hasStratum), notes };
  };
  const arms = axis === "grid" ? named : armsOfAxis(cells, axis);
  if (arms.length < 2) throw nothingToCompare(axis, arms);
  const base = flags.base === undefined ? arms[0] : baseOf(flags.base, axis, arms);
  return {
    axis,
    base,
    others: arms.filter((arm) => arm !== base),
    match: axis === "grid" ? matchWanted : (one, other) => matchOnOthers(axis, one, other),
    by: flags.by === undefined ? [] : byOf(flags.by, axis, cells),
  };
}

function usualAxis(cells: readonly Cell[], hasGrids: boolean): Dimension {
  if (hasGrids) return "grid";
  const differing = differingAxes(cells);
  if (differing.includes("connection")) return "connection";
  if (differing.length === 1) return differing[0];
  const may = differing.map(flagOf).join(", ");
  throw new UserError(
    differing.length === 0
      ? "--axis: there is nothing to compare, for all cells are alike; give a folder with several cells"
      : `--axis: must say what is compared; give one of ${may}`,
  );
}

function nothingToCompare(axis: Dimension, arms: readonly Arm[]): UserError {
  if (axis !== "grid") {
    const only = arms.map(({ name }) => name).join("");
    return new UserError(
      `--axis: ${flagOf(axis)} must have several values to be compared, has ${only ? `one here, ${only}` : "none"}; ` +
        "give another axis, or less of --where",
    );
  }
  return new UserError(
    `--axis: grid compares grids that have a name, got ${arms.length} of them; ` +
      'name at least two in the sweep file, as "name": "leaky ReLU", and run the sweep again, or choose more',
  );
}

function baseOf(text: string, axis: Dimension, arms: readonly Arm[]): Arm {
  const values = arms.map(({ name, cells }) => (axis === "grid" ? name : cells[0][axis]));
  const [meant] = meantBy(text, axis, values);
  const found = arms[values.indexOf(meant)];
  if (found) return found;
  const names = arms.map(({ name }) => name).join(", ");
  throw new UserError(`--base: must be one of ${names}, got ${JSON.stringify(text)}`);
}

function byOf(text: string, axis: Dimension, cells: readonly Cell[]): ArmsRequest["by"] {
  if (text === "all") return "all";
  const names = text.split(",").map((part) => axisNamed("--by", part.trim(), "an axis or all"));
  for (const name of names) {
    if (name === axis) {
      throw new UserError(
        `--by: ${flagOf(name)} is what is compared, so that no pair has one value of it; give other axes`,
      );
    }
    if (valuesIn(cells, name).length < 2) {
      throw new UserError(
        `--by: ${flagOf(name)} must have several values, got ` +
          `${valuesIn(cells, name)
            .map((value) => valueText(name, value))
            .join("")}; leave it out`,
      );
    }
  }
  return names;
}

/** @throws UserError where it is no threshold */
export function thresholdFlag(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const result = rmseThreshold.safeParse(numberOrText(text));
  if (result.success) return result.data;
  throw new UserError(`--rmse: ${result.error.issues[0].message}, got ${JSON.stringify(text)}`);
}
