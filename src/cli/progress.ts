/**
 * A bar on stderr with trials done, rate and time left; nothing where stderr is no terminal. However
 * the process ends, the bar is taken away and the cursor shown again.
 */
import { SingleBar } from "cli-progress";
import type { Progress } from "../runs/trainer.js";
import type { Console } from "./console.js";

export interface ProgressBar {
  /** Shows the bar from the first call on, where something is left to be done then. */
  show(progress: Progress): void;
  stop(): void;
}

export function progressBar({ quiet, stderr }: Console): ProgressBar {
  if (quiet || !stderr.terminal) return { show() {}, stop() {} };
  let begun: { readonly bar: SingleBar; readonly done: number; readonly start: number } | undefined;
  const stop = () => {
    process.off("exit", stop);
    begun?.bar.stop();
  };
  const begin = ({ done, total }: Progress) => {
    const bar = new SingleBar({
      format: `${stderr.colours.cyan("{bar}")} {value}/{total} trials | {rate}/s | {eta_formatted} left`,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      hideCursor: true,
      clearOnComplete: true,
      stream: stderr.stream,
    });
    process.on("exit", stop);
    bar.start(total, done, { rate: "–" });
    return { bar, done, start: performance.now() };
  };
  return {
    show(progress) {
      if (begun) {
        const { bar, done, start } = begun;
        const seconds = (performance.now() - start) / 1000;
        const rate = Math.round((progress.done - done) / seconds);
        bar.update(progress.done, { rate: rate.toLocaleString("en-US") });
      } else if (progress.done < progress.total) {
        begun = begin(progress);
      }
    },
    stop,
  };
}
