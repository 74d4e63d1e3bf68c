/** Draws figures, with one store and one set of threads for all, and writes their files. */

import { join } from "node:path";
import { textWidth } from "../output/pictures/svg-renderer.js";
import { visible } from "../output/visible.js";
import { isReadOnlyFolder, prepareFolder } from "../runs/prepare-folder.js";
import type { RunControls } from "../runs/trainer.js";
import { type Figure, thesisName } from "../thesis/figures.js";
import { withCopiedStore } from "./copied-store.js";
import type { MadeFigure } from "./figure.js";
import type { FigureChoices } from "./find.js";
import { makeByKind } from "./make-by-kind.js";
import { saveFigure } from "./save.js";
import { type ThesisTrials, type TrialCounts, withThesisTrials } from "./thesis-trials.js";

/** Trainings per cell unless told or the figure has its own number, as many as the thesis has. */
const DEFAULT_SEEDS = 10;

export interface DrawnFigure {
  readonly figure: Figure;
  readonly made: MadeFigure;
  /** None where nothing can be written. */
  readonly files: readonly string[];
  readonly seconds: number;
}

export interface DrawOptions extends FigureChoices, RunControls {
  /** Called as each figure is done. */
  readonly onDrawn: (drawn: DrawnFigure) => void;
}

/**
 * @param folder of the pictures and the trials behind them; where it cannot be written, figures are
 *   made from the trials that are there
 * @returns what was trained; undefined where the figures need no trials
 */
export async function drawFigures(
  figures: readonly Figure[],
  folder: string,
  { onDrawn, seeds, seed, ...controls }: DrawOptions,
): Promise<TrialCounts | undefined> {
  const draw = (trialsIn: string, picturesIn?: string) =>
    withThesisTrials(trialsIn, controls, async (trials) => {
      for (const figure of figures) {
        const start = performance.now();
        const made = await makeFrom(trials, figure, { seeds, seed });
        const files =
          picturesIn === undefined ? [] : await saveFigure(made, join(picturesIn, figure.id));
        const seconds = (performance.now() - start) / 1000;
        onDrawn({ figure, made, files, seconds });
      }
    });
  if (await isReadOnlyFolder(folder)) {
    controls.onNote?.(
      `${visible(folder)} cannot be written, so pictures are not saved; --out names another folder`,
    );
    return withCopiedStore(folder, (copy) => draw(copy));
  }
  await prepareFolder(folder, "--out");
  return draw(folder, folder);
}

/** A choice that means nothing to the figure is let be. */
export function makeFrom(
  trials: () => Promise<ThesisTrials>,
  figure: Figure,
  choices: FigureChoices,
): Promise<MadeFigure> {
  const chosen = figure.takes && choices[figure.takes];
  const flag = chosen === undefined ? "" : ` --${figure.takes} ${chosen}`;
  return makeByKind({
    figure,
    seeds: (figure.takes === "seeds" ? choices.seeds : undefined) ?? figure.seeds ?? DEFAULT_SEEDS,
    seed: figure.takes === "seed" ? choices.seed : undefined,
    smallPrint: `Thesis, ${thesisName(figure)}  ·  lrn figure ${figure.id}${flag}`,
    textWidth,
    trials,
  });
}
