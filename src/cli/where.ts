/** `--where depth=10,width=2`: which cells of a folder take part. */
import { type Stratum, valuesIn } from "../analysis/matched-arms.js";
import { UserError } from "../errors.js";
import type { AxisName } from "../model/axes.js";
import { sameValue, valueText } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import { axisNamed, isValue } from "./axis-values.js";
import { flagOf } from "./trial-flags.js";

export interface Where {
  has(cell: Cell): boolean;
  /**
   * By the values that tell the stratum apart, as rows are asked for by them: with `depth=10`, one hidden layer is
   * still held against ten. By both cells in everything else.
   */
  hasStratum(stratum: Stratum): boolean;
  hasGrid(name: string): boolean;
  readonly limitsGrids: boolean;
}

/** Where the next field of a `--where` begins. */
const NEXT = /,(?=\s*[A-Za-z][\w-]*=)/;

/**
 * @param texts each `field=value`, several with commas between them; a field's values have `|` or a comma between
 *   them, or are given apart
 * @throws UserError where a field or a value is none that the folder has
 */
export function readWhere(
  texts: readonly string[],
  {
    cells,
    grids,
  }: { readonly cells: readonly Cell[]; readonly grids: ReadonlyMap<string, unknown> },
): Where {
  const wanted = new Map<AxisName, unknown[]>();
  const wantedGrids: string[] = [];
  for (const part of texts.flatMap((text) => text.split(NEXT))) {
    const [, field, text] = /^\s*([^=]+)=(.+)$/s.exec(part) ?? [];
    if (field === undefined || text === undefined) {
      throw new UserError(`--where: must be field=value, as depth=10, got ${JSON.stringify(part)}`);
    }
    if (field.trim() === "grid") {
      const names = [...grids.keys()];
      wantedGrids.push(...chosen("grid", text, names, (name, one) => name === one, String));
      continue;
    }
    const name = axisNamed(field.trim(), "--where", ["grid"]);
    const found = chosen(
      flagOf(name),
      text,
      valuesIn(cells, name),
      (value, one) => isValue(name, value, one),
      (value) => valueText(name, value),
    );
    wanted.set(name, [...(wanted.get(name) ?? []), ...found]);
  }
  const limits = [...wanted];
  const isWanted = (values: readonly unknown[], value: unknown) =>
    values.some((each) => sameValue(each, value));
  return {
    has: (cell) => limits.every(([name, values]) => isWanted(values, cell[name])),
    hasStratum: ({ axes, base, other }) =>
      limits.every(([name, values]) =>
        (name in axes ? [axes] : [base, other]).every((of) => isWanted(values, of[name])),
      ),
    hasGrid: (name) => wantedGrids.length === 0 || wantedGrids.includes(name),
    limitsGrids: wantedGrids.length > 0,
  };
}

/** Of the values that there are, those that a text means: whole, then parted at `|`, then at commas. */
function chosen<Value>(
  field: string,
  text: string,
  values: readonly Value[],
  means: (value: Value, text: string) => boolean,
  textOf: (value: Value) => string,
): Value[] {
  const meant = (one: string) => values.filter((value) => means(value, one));
  const partings = [[text], text.split("|"), text.split(/[|,]/)];
  for (const parts of partings) {
    const found = parts.map((part) => meant(part.trim()));
    if (found.every(({ length }) => length > 0)) return found.flat();
  }
  const wrong = partings[1].find((part) => meant(part.trim()).length === 0);
  const all = values.map(textOf).join(", ");
  throw new UserError(
    `--where: ${field} must be of what the folder has, ${all || "none"}, got ${JSON.stringify(wrong)}`,
  );
}
