/**
 * A bar on stderr with trials done, rate and time left; nothing where stderr is no terminal. However
 * the process ends, the bar is taken away and the cursor shown again.
 */
import { SingleBar } from "cli-progress";
import { colours } from "../output/palette.js";

export interface Progress {
  add(trials: number): void;
  stop(): void;
}

const SILENT: Progress = { add() {}, stop() {} };

/**
 * @param total trials that the sweep asks for
 * @param done those of them that the store has
 */
export function showProgress(total: number, done: number, quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY || done === total) return SILENT;
  const start = performance.now();
  let now = done;
  const bar = new SingleBar({
    format: `${colours.cyan("{bar}")} {value}/{total} trials | {rate}/s | {eta_formatted} left`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  const stop = () => {
    process.off("exit", stop);
    bar.stop();
  };
  process.on("exit", stop);
  bar.start(total, done, { rate: "–" });
  return {
    add(trials) {
      now += trials;
      const seconds = (performance.now() - start) / 1000;
      bar.update(now, { rate: Math.round((now - done) / seconds).toLocaleString("en-US") });
    },
    stop,
  };
}
