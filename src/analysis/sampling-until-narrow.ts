/** When a cell has enough trials that is trained until the interval of its rate is narrow enough. */
import { confidenceSequence } from "./confidence-sequence.js";

/** Whether the confidence sequence is as narrow as is wanted, from its low to its high end. */
export function isNarrow(successes: number, trials: number, width: number): boolean {
  const { low, high } = confidenceSequence(successes, trials);
  return high - low <= width;
}

/**
 * After which numbers of trials one looks whether the interval is narrow enough: every 8 to 128, every 16 to 256, every 32 to
 * 512 and so on, from the first on at which it can be, where none or all trials succeeded. They depend on nothing else, so
 * that a cell's end does not either; and as each from 64 on is at most an eighth more than the one before, hardly more is
 * trained than is needed.
 *
 * @param width from 0.000001 to 1
 */
export function* looksFor(width: number): Generator<number, never> {
  let look = 0;
  for (let step = 8; ; step *= 2) {
    while (look < 16 * step) {
      look += step;
      if (isNarrow(0, look, width)) yield look;
    }
  }
}

/** With fewer trials one does not look: not even a rate of 0 would be known so well. */
export function fewestTrialsFor(width: number): number {
  return firstLook(width, () => true);
}

/** With so many trials the interval is as narrow at the latest: at a rate of 1/2, where it is widest. */
export function mostTrialsFor(width: number): number {
  return firstLook(width, (look) => isNarrow(look / 2, look, width));
}

/** Whether so many trials end a cell: they are those of a look, and their interval is narrow enough. */
export function isEnough(successes: number, trials: number, width: number): boolean {
  const isLook = firstLook(width, (look) => look >= trials) === trials;
  return isLook && isNarrow(successes, trials, width);
}

function firstLook(width: number, isWanted: (look: number) => boolean): number {
  const looks = looksFor(width);
  for (;;) {
    const { value } = looks.next();
    if (isWanted(value)) return value;
  }
}
