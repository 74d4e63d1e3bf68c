/** A plot as files. */
import { dirname, extname, join } from "node:path";
import { UserError } from "../errors.js";
import { csvOfRows } from "../output/formats/csv.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import { writeOut } from "../runs/own-files.js";
import { prepareFolder } from "../runs/prepare-folder.js";
import type { MadePlot } from "./make-plot.js";
import { pngOf } from "./save.js";

const ENDINGS = ["svg", "png", "csv", "json"] as const;
type Ending = (typeof ENDINGS)[number];

/** Of a format that is not ours, as `.pdf`; in `v1.2` there is none. */
const OTHER_ENDING = /^[.][a-z]{2,5}$/;

export interface PlotTarget {
  readonly file: string;
  readonly ending: Ending;
}

/**
 * @param out a path; without an ending of ours, all four files begin with it
 * @param name of the files in the results folder's figures, where no path is given
 * @throws UserError where it is standard output, or ends as a file of another format
 */
export function targetsOf(out: string | undefined, folder: string, name: string): PlotTarget[] {
  if (out === "-") {
    throw new UserError(
      '--out: must be the path of a file, got "-", standard output; leave it out for --json, which prints the rows',
    );
  }
  const own = extname(out ?? "").toLowerCase();
  const ending = ENDINGS.find((each) => `.${each}` === own);
  if (out !== undefined && ending) return [{ file: out, ending }];
  if (OTHER_ENDING.test(own)) {
    throw new UserError(
      `--out: must end in ${ENDINGS.map((each) => `.${each}`).join(", ")} or nothing, got ${out}; give one of these`,
    );
  }
  const path = out ?? join(folder, "figures", name);
  return ENDINGS.map((each) => ({ file: `${path}.${each}`, ending: each }));
}

/**
 * @param folder the results folder, whose own files stay as they are
 * @returns the files' paths
 * @throws UserError where one cannot be written
 */
export async function savePlot(
  { spec, rows }: Pick<MadePlot, "spec" | "rows">,
  targets: readonly PlotTarget[],
  folder: string,
): Promise<string[]> {
  await prepareFolder(dirname(targets[0].file), "--out");
  const drawn = targets.some(({ ending }) => ending === "svg" || ending === "png");
  const svg = drawn ? await chartSvg(spec) : "";
  const contentOf: Record<Ending, () => string | Uint8Array | Iterable<string>> = {
    svg: () => svg,
    png: () => pngOf({ svg }),
    csv: () => csvOfRows(rows),
    json: () => `${JSON.stringify(spec, null, 1)}\n`,
  };
  for (const { file, ending } of targets)
    await writeOut(file, contentOf[ending](), "--out", folder);
  return targets.map(({ file }) => file);
}
