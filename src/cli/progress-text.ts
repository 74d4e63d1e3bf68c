/** How far the training is, as text that fits a line. */
import { counted, number } from "../counted.js";
import { type Palette, PLAIN } from "../output/palette.js";
import type { Progress } from "../runs/trainer.js";
import { duration } from "./duration.js";

export interface Shown extends Progress {
  /** Trials per second, as measured; undefined before the first are done. */
  readonly rate: number | undefined;
}

/** Shorter bars show less than the numbers beside them. */
const SHORTEST_BAR = 6;
const LONGEST_BAR = 40;

/** `1,240/3,360 trials, 531/s, 12 s left`, with a bar where there is room, and less of it where there is little. */
export function progressLine(shown: Shown, columns: number, colours: Palette = PLAIN): string {
  const texts = progressTexts(shown);
  const text = texts.find(({ length }) => length <= columns) ?? "";
  const cells = Math.min(LONGEST_BAR, columns - text.length - 1);
  if (cells < SHORTEST_BAR) return text;
  const full = Math.floor((cells * shown.done) / shown.total);
  return `${colours.cyan("█".repeat(full) + "░".repeat(cells - full))} ${text}`;
}

/** All that there is to say, and then less and less. */
export function progressTexts(shown: Shown): string[] {
  const { done, total, rate, secondsLeft, atMost, workers } = shown;
  const count = `${number(done)}/${atMost ? "at most " : ""}${number(total)}`;
  const left =
    done >= total
      ? "finishing"
      : workers === 0
        ? "no worker is there"
        : `${atMost ? "at most " : ""}${duration(secondsLeft)} left`;
  const by = workers ? `, ${counted(workers, "worker")}` : "";
  const speed = rate === undefined ? "" : `, ${rateText(rate)}/s`;
  return [
    `${count} trials${speed}${by}, ${left}`,
    `${count} trials, ${left}`,
    `${count}, ${left}`,
    `${number(done)} trials`,
  ];
}

function rateText(rate: number): string {
  return rate < 9.95 ? rate.toFixed(1) : number(Math.round(rate));
}
