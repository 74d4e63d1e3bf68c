/** `--out` of pictures: which files it names. */
import { basename, extname } from "node:path";
import { UserError } from "../errors.js";
import { refuseUnwritable } from "../files/write.js";
import { refuseOwnFile } from "../runs/own-files.js";

/** What a path without an ending stands for. */
export const PICTURES = [".svg", ".png", ".csv"] as const;

export interface OutPath<Ending extends string> {
  readonly path: string;
  readonly ending: Ending;
}

/**
 * @param out as `--out` has it
 * @param others endings that may be given, beside those of pictures
 * @throws UserError where it is no file's name, or has another ending
 */
export function outPaths<Other extends string>(
  out: string,
  others: readonly Other[],
): OutPath<(typeof PICTURES)[number] | Other>[] {
  const own = extname(out).toLowerCase();
  const endings = [...PICTURES, ...others];
  const isName = !["", "-", ".", ".."].includes(basename(out)) && !/[/\\]$/.test(out);
  const ending = endings.find((each) => each === own);
  if (!isName || (own !== "" && ending === undefined)) {
    const listed = `${endings.slice(0, -1).join(", ")} or ${endings.at(-1)}`;
    const all = `${PICTURES.slice(0, -1).join(", ")} and ${PICTURES.at(-1)}`;
    throw new UserError(
      `--out: must be a file's name that ends in ${listed}, or one without an ending, for ${all}, ` +
        `got ${JSON.stringify(out)}`,
    );
  }
  if (ending !== undefined) return [{ path: out, ending }];
  return PICTURES.map((each) => ({ path: `${out}${each}`, ending: each }));
}

/**
 * @param reading the results folder that the content is read from, where it is
 * @throws UserError where one of the files cannot be written, or is a results folder's own
 */
export async function refusePaths(
  paths: readonly { readonly path: string }[],
  reading?: string,
): Promise<void> {
  for (const { path } of paths) {
    await refuseOwnFile(path, "--out", reading);
    await refuseUnwritable(path, "--out");
  }
}
