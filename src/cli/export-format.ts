/** What `lrn export` writes: what the name of the file says, or what is asked for. */
import { extname } from "node:path";
import { UserError } from "../errors.js";

/** Each with the endings of its files, the usual one first. */
const ENDINGS = {
  csv: [".csv"],
  json: [".json"],
  parquet: [".parquet"],
  markdown: [".md", ".markdown"],
  latex: [".tex", ".latex"],
} as const satisfies Record<string, readonly string[]>;

export type Format = keyof typeof ENDINGS;

export const FORMATS = Object.keys(ENDINGS) as Format[];

/** The format that a file's name says; undefined where it has no ending or one of no format. */
export function formatOfEnding(file: string): Format | undefined {
  const ending = extname(file).toLowerCase();
  return FORMATS.find((format) => (ENDINGS[format] as readonly string[]).includes(ending));
}

/**
 * @param asked the value of `--format`, if given
 * @param out the value of `--out`, if given
 * @throws UserError where the two contradict each other
 */
export function exportFormat(asked: Format | undefined, out: string | undefined): Format {
  const named = out === undefined ? undefined : formatOfEnding(out);
  if (asked !== undefined && named !== undefined && asked !== named) {
    throw new UserError(
      `--format: must be ${named}, as the ending of --out ${out} says, got ${asked}; leave it out, or end ` +
        `the file's name in ${ENDINGS[asked][0]}`,
    );
  }
  return asked ?? named ?? "csv";
}
