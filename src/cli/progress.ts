/**
 * How far the training is, on stderr: a bar where a terminal can draw it again, elsewhere a line every
 * ten seconds. The cursor stays shown and lines wrap as ever, so that there is nothing to put back,
 * however the process ends.
 */
import type { Progress } from "../runs/trainer.js";
import { type Console, DEFAULT_COLUMNS } from "./console.js";
import { progressLine, progressTexts, type Shown } from "./progress-text.js";

export interface ProgressBar {
  /** From the first call on, where something is left to be done then. */
  show(progress: Progress): void;
  /** Says something meanwhile. */
  note(text: string): void;
  /** Takes the bar away, for good. */
  stop(): void;
  /** Stops at Ctrl-C, and says what happens now. */
  interrupted(text: string): void;
}

const CLEAR_LINE = "\r\u001b[K";
/** The `^C` that a terminal writes behind the bar, and the cursor. */
const ROOM_FOR_CTRL_C = 3;
const BAR_INTERVAL_MS = 250;
const LINE_INTERVAL_MS = 10_000;

interface Latest {
  readonly progress: Progress;
  readonly at: number;
}

export function progressBar(console: Console): ProgressBar {
  const { quiet, note } = console;
  if (quiet) return { show() {}, note() {}, stop() {}, interrupted() {} };
  const { redraws, colours, stream } = console.stderr;
  let begun: (Latest & { readonly timer: NodeJS.Timeout }) | undefined;
  let latest: Latest | undefined;
  let stopped = false;
  const clear = () => {
    if (redraws) stream.write(CLEAR_LINE);
  };
  const draw = () => {
    if (!begun || !latest) return;
    const shown = shownNow(begun, latest);
    if (!redraws) return note(progressTexts(shown)[0]);
    const columns = (stream.columns || DEFAULT_COLUMNS) - ROOM_FOR_CTRL_C;
    stream.write(`${CLEAR_LINE}${progressLine(shown, columns, colours)}`);
  };
  const stop = () => {
    stopped = true;
    if (!begun) return;
    clearInterval(begun.timer);
    process.off("exit", stop);
    begun = undefined;
    clear();
  };
  return {
    show(progress) {
      if (stopped) return;
      latest = { progress, at: performance.now() };
      if (begun || progress.done >= progress.total) return;
      const timer = setInterval(draw, redraws ? BAR_INTERVAL_MS : LINE_INTERVAL_MS);
      begun = { ...latest, timer: timer.unref() };
      process.on("exit", stop);
      if (redraws) draw();
    },
    note(text) {
      if (begun) clear();
      note(text);
    },
    stop,
    interrupted(text) {
      stop();
      if (redraws) clear();
      else note("");
      note(text);
    },
  };
}

/** Seconds go by between two batches; where those that were left are over, it takes as long again. */
function shownNow(begun: Latest, { progress, at }: Latest): Shown {
  const now = performance.now();
  const since = (now - at) / 1000;
  const trained = progress.done - begun.progress.done;
  return {
    ...progress,
    secondsLeft: Math.max(progress.secondsLeft - since, since),
    rate: trained > 0 ? (1000 * trained) / (now - begun.at) : undefined,
  };
}
