/** What is asked of a figure, and what making it gives. */

import type { Palette } from "../output/palette.js";
import type { TextWidth } from "../output/pictures/svg.js";
import { wrapped } from "../output/wrapped.js";
import type { Figure } from "../thesis/figures.js";
import type { ThesisTrials } from "./thesis-trials.js";

export interface FigureRequest {
  readonly figure: Figure;
  /** Trainings per cell, for tables. */
  readonly seeds: number;
  /** Shows this training instead of the one that the figure's rule chooses. */
  readonly seed: number | undefined;
  /** The thesis's number and the command, in small print. */
  readonly smallPrint: string;
  readonly textWidth: TextWidth;
  /** Opens the store when the first figure asks. */
  readonly trials: () => Promise<ThesisTrials>;
}

/** Where a figure's text is shown. */
export interface TextView {
  /** Characters of a line. */
  readonly columns: number;
  readonly colours: Palette;
}

/** Sentences for a terminal, each from a line of its own on. */
export function sentences(texts: readonly string[]): MadeFigure["text"] {
  return ({ columns }) => texts.map((text) => wrapped(text, columns)).join("\n");
}

export interface MadeFigure {
  /** What one sees. */
  readonly title: string;
  /** For a terminal. */
  readonly text: (view: TextView) => string;
  readonly svg: string;
  /** The numbers that the picture shows. */
  readonly csv: string;
  /** What the picture shows, for programs. */
  readonly data: unknown;
}
