/** Writes a figure's files. */
import { join } from "node:path";
import { renderSvg } from "../output/pictures/svg-renderer.js";
import { writeOut } from "../runs/own-files.js";
import type { MadeFigure } from "./figure.js";

/**
 * `<id>.svg`, `<id>.png` and, of a table, `<id>.csv`.
 *
 * @returns the files' paths
 */
export async function writeFigure(
  folder: string,
  id: string,
  { svg, csv }: MadeFigure,
): Promise<string[]> {
  const contents = { svg, png: renderSvg(svg).asPng(), ...(csv !== undefined && { csv }) };
  return Promise.all(
    Object.entries(contents).map(async ([ending, content]) => {
      const file = join(folder, `${id}.${ending}`);
      await writeOut(file, content, "--out");
      return file;
    }),
  );
}
