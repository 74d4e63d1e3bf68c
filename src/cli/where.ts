/** `--where width=2,4`: which cells of a results folder are looked at. */
import { type Dimension, type GridCell, textOfValue, valuesOf } from "../analysis/dimensions.js";
import type { Stratum } from "../analysis/matched-arms.js";
import { nearestOf, UserError } from "../errors.js";
import { type AxisName, axisOf } from "../model/axes.js";
import { keyOfValue } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import { listIn } from "../sweep/overrides.js";
import { dimensionNamed, flagOfDimension } from "./axis-names.js";
import { meantBy } from "./axis-values.js";

export interface Where {
  has(cell: GridCell): boolean;
  hasCell(cell: Cell): boolean;
  hasGrid(name: string | undefined): boolean;
  /**
   * By the values that tell the stratum apart, as rows are asked for by them: with `depth=10`, one hidden layer is
   * still held against ten. By both cells in everything else.
   */
  hasStratum(stratum: Stratum): boolean;
  readonly limitsGrids: boolean;
  /**
   * Those that all of it allows.
   *
   * @throws UserError where none has all of it together
   */
  left<Item extends GridCell>(cells: readonly Item[]): Item[];
}

/** Where the next axis of a `--where` begins. */
const NEXT = /,(?=\s*[A-Za-z][\w-]*=)/;

/**
 * @param texts each `axis=value`, several with commas between them; an axis's values have `|` or a comma between
 *   them, or are given apart
 * @param cells of which there must be some with each value, as grids ask for them
 * @throws UserError where there is no such axis, or no cell has a value
 */
export function readWhere(texts: readonly string[], cells: readonly GridCell[]): Where {
  const limits = new Map<Dimension, Set<string>>();
  const given: string[] = [];
  for (const { dimension, text, values } of texts.flatMap((one) => restrictionsIn(one, cells))) {
    const wanted = limits.get(dimension) ?? new Set();
    limits.set(dimension, wanted);
    for (const value of values) wanted.add(keyOfValue(value));
    given.push(`${flagOfDimension(dimension)}=${text}`);
  }
  const allows = (dimension: Dimension, value: unknown) =>
    limits.get(dimension)?.has(keyOfValue(value)) ?? true;
  const axes = [...limits.keys()].filter(
    (dimension): dimension is AxisName => dimension !== "grid",
  );
  const where: Where = {
    has: ({ cell, grid }) => where.hasCell(cell) && where.hasGrid(grid),
    hasCell: (cell) => axes.every((name) => allows(name, cell[name])),
    hasGrid: (name) => allows("grid", name),
    hasStratum: ({ axes: apart, base, other }) =>
      axes.every((name) =>
        (name in apart ? [apart] : [base, other]).every((of) => allows(name, of[name])),
      ),
    limitsGrids: limits.has("grid"),
    left(items) {
      const left = items.filter(where.has);
      if (left.length > 0) return left;
      throw new UserError(
        `--where: no cell has ${given.join(" and ")} together; leave one of them out`,
      );
    },
  };
  return where;
}

interface Restriction {
  readonly dimension: Dimension;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A value may have in it what parts axes: then it stands alone. */
function restrictionsIn(text: string, cells: readonly GridCell[]): Restriction[] {
  const parts = text.split(NEXT);
  const alone = parts.length > 1 ? parted(text) : undefined;
  const values = alone ? meantBy(alone.text, alone.dimension, known(cells, alone.dimension)) : [];
  if (alone && values.length > 0) return [{ ...alone, values }];
  return parts.map((part) => {
    const each = parted(part);
    return { ...each, values: chosen(each, known(cells, each.dimension)) };
  });
}

function parted(text: string): Pick<Restriction, "dimension" | "text"> {
  const [, name, value] = /^\s*([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UserError(`--where: must be axis=value, as width=2,4, got ${JSON.stringify(text)}`);
  }
  return { dimension: dimensionNamed("--where", name.trim()), text: value };
}

function known(cells: readonly GridCell[], dimension: Dimension): unknown[] {
  return valuesOf(cells, dimension).filter((value) => value !== undefined);
}

/** The values that a text means: whole, then parted at `|`, then as lists. */
function chosen(
  { dimension, text }: Pick<Restriction, "dimension" | "text">,
  values: readonly unknown[],
): unknown[] {
  const bars = text.split("|");
  const lists = bars.flatMap((part) =>
    listIn(part).map((one) => (typeof one === "string" ? one : JSON.stringify(one))),
  );
  for (const parts of [[text], bars, lists]) {
    const found = parts.map((part) => meantBy(part.trim(), dimension, values));
    if (found.every(({ length }) => length > 0)) return found.flat();
  }
  const wrong = lists.find((part) => meantBy(part.trim(), dimension, values).length === 0);
  throw unknown(dimension, wrong ?? text, values);
}

function unknown(dimension: Dimension, text: string, values: readonly unknown[]): UserError {
  const what = `--where: ${flagOfDimension(dimension)}: no cell has ${text}`;
  if (dimension === "grid" && values.length === 0) {
    return new UserError(`${what}: the sweep file names none of its grids; leave it out`);
  }
  const texts = values.map((value) => textOfValue(dimension, value));
  const isWord = dimension === "grid" || axisOf(dimension).domain.kind === "choice";
  const nearest = isWord ? nearestOf(text, texts) : undefined;
  return new UserError(
    `${what}; ${nearest ? `did you mean "${nearest}"?` : `they have ${texts.join(", ")}`}`,
  );
}
