/** A figure as files. */
import { renderSvg } from "../output/pictures/svg-renderer.js";
import { writeOut } from "../runs/own-files.js";
import type { MadeFigure } from "./figure.js";

/** PNG from the same SVG. */
export function pngOf({ svg }: Pick<MadeFigure, "svg">): Uint8Array {
  return renderSvg(svg).asPng();
}

/**
 * As SVG, PNG and CSV.
 *
 * @param path without an ending
 * @returns the files' paths
 * @throws UserError where one cannot be written
 */
export async function saveFigure(made: MadeFigure, path: string): Promise<string[]> {
  const { svg, csv } = made;
  const contents = { svg, png: pngOf(made), csv };
  return Promise.all(
    Object.entries(contents).map(async ([ending, content]) => {
      const file = `${path}.${ending}`;
      await writeOut(file, content, "--out");
      return file;
    }),
  );
}
