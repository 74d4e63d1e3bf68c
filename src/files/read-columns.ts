/** Columns of numbers in a CSV file. */
import { CsvError, type Info, parse } from "csv-parse/sync";
import { number } from "../counted.js";
import { nearestOf, UserError } from "../errors.js";
import { readText } from "./read.js";
import { short } from "./schema-errors.js";

/** What it is to have, and no more. */
export interface WantedColumns {
  readonly names: readonly string[];
  readonly leastRows: number;
  readonly mostRows: number;
}

const MAX_BYTES = 64 * 2 ** 20;

/** Far above any measurement, and so small that neither float32 nor a sum of squares overflows. */
const MOST = 1e30;

/** A decimal number; `Number` would take hexadecimal, blanks and nothing too. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads columns of a CSV file (RFC 4180) by the names in its first line. Quotes, blanks around values,
 * empty lines, either line ending and a byte order mark are let be.
 *
 * @param shown the file as messages name it
 * @returns [rows, names]; undefined where there is no such file
 * @throws UserError where it cannot be read, a column or number is missing, or it has too few or too many rows
 */
export async function readColumns(
  file: string,
  shown: string,
  { names, leastRows, mostRows }: WantedColumns,
): Promise<Float64Array | undefined> {
  const content = await readText(file, { what: "a CSV file", maxBytes: MAX_BYTES, shown });
  if (content === undefined) return undefined;
  const numbers: number[] = [];
  let header: readonly string[] | undefined;
  let places: readonly number[] = [];
  let rows = 0;
  const take = (row: readonly string[], { lines }: Info) => {
    if (!header) {
      header = row;
      places = names.map((name) => placeOf(name, row, shown));
      return;
    }
    if (row.length !== header.length) {
      const rule = `must have ${header.length} values, as the first line, has ${row.length}`;
      throw new UserError(`${shown}: line ${lines}: ${rule}; mend that line`);
    }
    if (++rows > mostRows) {
      const rule = `must have at most ${number(mostRows)} rows, has more`;
      throw new UserError(`${shown}: ${rule}; give fewer`);
    }
    for (const [i, place] of places.entries()) {
      numbers.push(numberIn(row[place], `${shown}: line ${lines}, column ${quoted(names[i])}`));
    }
  };
  parseRows(content, shown, take);
  if (rows < leastRows) {
    const has = header ? `has ${rows}` : "is empty";
    throw new UserError(
      `${shown}: must have a line of names and ${leastRows} rows or more below it, ${has}; give more`,
    );
  }
  return Float64Array.from(numbers);
}

function parseRows(
  content: string,
  shown: string,
  take: (row: readonly string[], info: Info) => void,
): void {
  try {
    parse(content, {
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record(row: string[], info) {
        take(row, info);
        return null; // keeps none of them
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError(`${shown}: must be CSV: ${short(error.message)}; mend the file`);
  }
}

function placeOf(name: string, header: readonly string[], shown: string): number {
  const place = header.indexOf(name);
  if (place >= 0 && header.indexOf(name, place + 1) < 0) return place;
  if (place >= 0) {
    throw new UserError(
      `${shown}: must have one column ${quoted(name)}, has several; rename all but one`,
    );
  }
  const nearest = nearestOf(name, header);
  const remedy = nearest
    ? `did you mean ${quoted(nearest)}?`
    : `its columns are ${short(header.map(quoted).join(", "))}`;
  throw new UserError(`${shown}: has no column ${quoted(name)}; ${remedy}`);
}

function numberIn(text: string, where: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(value) <= MOST) return value;
  throw new UserError(
    `${where}: must be a number from -${MOST} to ${MOST}, got ${short(quoted(text))}; mend that line`,
  );
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
