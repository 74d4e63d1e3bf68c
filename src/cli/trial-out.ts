/** `lrn trial --out`: which files it writes, and the command in small print. */
import { pngOf } from "../figures/save.js";
import { trialFigure } from "../figures/trial-figure.js";
import { trialNetwork } from "../figures/trial-network.js";
import type { Trial } from "../model/trial.js";
import { textWidth } from "../output/pictures/svg-renderer.js";
import { whyNotDrawn } from "../output/pictures/whether-drawn.js";
import { visible } from "../output/visible.js";
import { writeOut } from "../runs/own-files.js";
import type { TrialReport } from "../runs/trial-report.js";
import { type OutPath, outPaths, type PICTURES, refusePaths } from "./out-paths.js";
import { flagWords, quoted } from "./shell-words.js";
import { TRIAL_FLAGS } from "./trial-flags.js";

type Target = OutPath<(typeof PICTURES)[number]>;

export interface TrialFiles {
  /** Why the network is not drawn, where it is too large. */
  readonly note: string | undefined;
  /**
   * @param command what draws the same
   * @returns the files' paths
   */
  write(report: TrialReport, command: string): Promise<string[]>;
}

/**
 * The training as `--out` names it, and the network beside it: `x.svg` and `x-network.svg`.
 *
 * @param reading the results folder that the trial is of, where it is
 * @throws UserError where it is no name of a picture, or a file cannot be written
 */
export async function trialFiles(
  out: string,
  trial: Trial,
  reading: string | undefined,
): Promise<TrialFiles> {
  const trainings = outPaths(out, []);
  const note = whyNotDrawn(trial);
  const networks = note === undefined ? trainings.map(besideIt) : [];
  await refusePaths([...trainings, ...networks], reading);
  const save = async (targets: readonly Target[], made: { svg: string; csv: string }) => {
    for (const { path, ending } of targets) {
      const content = { ".svg": () => made.svg, ".csv": () => made.csv, ".png": () => pngOf(made) };
      await writeOut(path, content[ending](), "--out", reading);
    }
  };
  return {
    note,
    async write(report, command) {
      await save(trainings, await trialFigure(report, command, textWidth));
      if (networks.length > 0) await save(networks, trialNetwork(report, command, textWidth));
      return [...trainings, ...networks].map(({ path }) => path);
    },
  };
}

function besideIt({ path, ending }: Target): Target {
  return { path: `${path.slice(0, -ending.length)}-network${path.slice(-ending.length)}`, ending };
}

/** What draws the same picture. */
export function trialCommandLine({
  dir,
  ...given
}: Readonly<Record<string, string | undefined>>): string {
  const folder = dir === undefined ? [] : [quoted(dir)];
  const words = [
    "lrn trial",
    ...folder,
    ...flagWords(["key", ...Object.keys(TRIAL_FLAGS), "backend"], given),
  ];
  return visible(words.join(" "));
}
