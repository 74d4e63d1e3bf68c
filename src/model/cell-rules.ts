/** Combinations of axes that mean nothing, each by itself allowed. */
import { UserError } from "../errors.js";
import { SCHEMES } from "./initialization-schemes.js";
import { wiringOf } from "./layout.js";
import { isZeroBelow0 } from "./piecewise-linear.js";
import { type Cell, phraseOf } from "./trial.js";

/** @returns why a trial of this cell would mean nothing, and the remedy; undefined where it means something */
export function whyMeaningless(cell: Cell): string | undefined {
  const { depth, width, connection, initialization, activation, trainingStyle, dataset } = cell;
  const { pairsNeurons, flipsSigns } = SCHEMES[initialization];
  if (pairsNeurons && width % 2 === 1) {
    return (
      `initialization: "${initialization}" pairs the neurons of a layer, so the width must be even, got ${width}; ` +
      "give even widths, or another initialization"
    );
  }
  if (flipsSigns && !isZeroBelow0(activation)) {
    return (
      `initialization: "${initialization}" keeps ReLUs alive, so the activation must be "relu", got ` +
      `"${phraseOf(activation)}"; give activation "relu", or another initialization`
    );
  }
  if (!wiringOf(cell).trainsHidden && depth === 1) {
    return (
      `connection: "${connection}" lets the output read layers below the last, so the depth must ` +
      "be 2 or more, got 1; give a larger depth, or another connection"
    );
  }
  if (typeof trainingStyle === "object" && trainingStyle.size > dataset.samples) {
    return (
      `training style: the size of a mini-batch must be at most the dataset's ${dataset.samples} samples, ` +
      `got ${trainingStyle.size}; give a smaller size, or more samples`
    );
  }
  return undefined;
}

/** The most mistakes that one message tells. */
const MOST_LINES = 10;

/**
 * @param source what the cells were read from, to begin each line with
 * @throws UserError with a line for each of their combinations that mean nothing
 */
export function refuseMeaningless(source: string, cells: readonly Cell[]): void {
  const reasons = new Set<string>();
  for (const cell of cells) {
    const reason = whyMeaningless(cell);
    if (reason !== undefined && reasons.size < MOST_LINES) reasons.add(`${source}: ${reason}`);
  }
  if (reasons.size > 0) throw new UserError([...reasons].join("\n"));
}
