/** What is asked of a figure, and what making it gives. */
import type { Figure } from "../thesis/figures.js";
import type { Trainer } from "./trainer.js";

export interface FigureRequest {
  readonly figure: Figure;
  /** Trainings a cell, for tables. */
  readonly seeds: number;
  /** Shows this training instead of the first that does what the thesis's did. */
  readonly seed: number | undefined;
  /** The thesis's number and the command, in small print. */
  readonly smallPrint: string;
  /** Characters of a line of the terminal. */
  readonly columns: number;
  /** Opens the store and the workers when the first figure asks. */
  readonly trainer: () => Promise<Trainer>;
}

export interface MadeFigure {
  /** What one sees. */
  readonly title: string;
  /** For the terminal. */
  readonly text: string;
  readonly svg: string;
  /** Tables only. */
  readonly csv?: string;
  /** What the picture shows, for programs. */
  readonly data: unknown;
}
