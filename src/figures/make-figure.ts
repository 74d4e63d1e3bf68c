/** Makes one figure for a program. */
import { PLAIN } from "../output/palette.js";
import { refuseOddWorkers } from "../runs/plan-run.js";
import { prepareFolder } from "../runs/prepare-folder.js";
import { withTemporaryFolder } from "../runs/temporary-folder.js";
import type { RunControls } from "../runs/trainer.js";
import { makeFrom } from "./draw.js";
import type { MadeFigure } from "./figure.js";
import { type FigureChoices, figureOf, refuseOdd } from "./find.js";
import { pngOf } from "./save.js";
import { withThesisTrials } from "./thesis-trials.js";

export interface FigureOptions extends FigureChoices, RunControls {
  /**
   * A results folder, made where there is none, that keeps the trials behind the figure for the next
   * one; without it they are trained each time. A sweep's is a good place too: its tables and CSV files
   * stay as they are.
   */
  readonly folder?: string | undefined;
}

export interface FigureContent {
  readonly id: string;
  /** What one sees. */
  readonly title: string;
  /** For a terminal of 100 columns, without colours. */
  readonly text: string;
  readonly svg: string;
  readonly png: Uint8Array;
  /** Of tables only. */
  readonly csv: string | undefined;
  /** The rows that the picture shows. */
  readonly data: unknown;
}

/**
 * Makes a table or figure of the thesis, our numbers beside its own, training what it needs.
 *
 * @param id as in `FIGURES`, `"4.9"`
 * @throws UserError where there is no such figure, an option breaks its rule or means nothing to it, or the folder cannot
 *   be written
 */
export async function makeFigure(
  id: string,
  { folder, seeds, seed, ...controls }: FigureOptions = {},
): Promise<FigureContent> {
  const figure = figureOf(id);
  const choices = { seeds, seed };
  refuseOdd(figure, choices);
  refuseOddWorkers(controls.workers, "workers");
  const make = async (trialsIn: string) => {
    let made: MadeFigure | undefined;
    await withThesisTrials(trialsIn, controls, async (trials) => {
      made = await makeFrom(trials, figure, choices);
    });
    return made!;
  };
  if (folder !== undefined) await prepareFolder(folder, "folder");
  const made = await (folder === undefined ? withTemporaryFolder(make) : make(folder));
  const { title, svg, csv, data } = made;
  const text = made.text({ columns: 100, colours: PLAIN });
  return { id, title, text, svg, png: pngOf(made), csv, data };
}
