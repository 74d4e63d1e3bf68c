/** Where a command prints: results on standard output, progress and notes on standard error. */
import type { Content } from "../files/write-blocks.js";
import { type Palette, paletteOf } from "../output/palette.js";
import { visibleLines } from "../output/visible.js";
import type { Interrupts } from "./interrupts.js";
import { type Failure, type Stream, standardOutput } from "./standard-output.js";

/** What a stream can show. */
export interface View {
  readonly terminal: boolean;
  /** Whether it is a terminal that can go back in its line, watched by somebody. */
  readonly redraws: boolean;
  /** Characters of a line: 80 where the stream does not say. */
  readonly columns: number;
  readonly colours: Palette;
}

/** Of a line, where a stream does not say: in a pipe, a file, a serial console. */
export const DEFAULT_COLUMNS = 80;

/** Everything that a command has of the outside, but files. */
export interface Console {
  /** Results that a program may read, on stdout. */
  out(text: string): void;
  /** Results for people, on stdout; `--quiet` silences them. */
  show(text: string): void;
  /** Results too long to stand in memory, no faster than their reader takes them. */
  print(content: Content): Promise<void>;
  /** Progress and notes, on stderr; `--quiet` silences them. */
  note(text: string): void;
  /** What went wrong, on stderr. */
  error(text: string): void;
  /** Whether what is for people need not be made. */
  readonly quiet: boolean;
  readonly stdout: View;
  /** With the stream itself, for a bar of progress. */
  readonly stderr: View & { readonly stream: Stream };
  readonly interrupts: Interrupts;
}

export interface OpenConsole {
  readonly console: Console;
  /** Waits for all of standard output. @returns what kept some of it from being written */
  finish(): Promise<Failure | undefined>;
}

export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** @param interrupts what Ctrl-C and its like do to work that says how it may be ended */
export function openConsole({ stdout, stderr }: Streams, interrupts: Interrupts): OpenConsole {
  const output = standardOutput(stdout);
  const tell = (text: string) => {
    // It may be full or gone: no reason to end otherwise.
    try {
      stderr.write(`${visibleLines(text)}\n`);
    } catch {}
  };
  const console: Console = {
    out: output.out,
    show: output.out,
    print: output.print,
    note: tell,
    error: tell,
    quiet: false,
    stdout: viewOf(stdout),
    stderr: { ...viewOf(stderr), stream: stderr },
    interrupts,
  };
  return { console, finish: output.finish };
}

/**
 * Colours where a terminal shows them: none in a pipe, also on a CI server, and none under NO_COLOR.
 * FORCE_COLOR turns them on, or off by 0 and false.
 */
function viewOf({ isTTY: terminal = false, columns }: Stream): View {
  const { CI, FORCE_COLOR, NO_COLOR, TERM } = process.env;
  const off = Boolean(NO_COLOR) || FORCE_COLOR === "0" || FORCE_COLOR === "false";
  const coloured = !off && (Boolean(FORCE_COLOR) || (terminal && TERM !== "dumb"));
  const redraws = terminal && TERM !== "dumb" && (!CI || CI === "false");
  return { terminal, redraws, columns: columns || DEFAULT_COLUMNS, colours: paletteOf(coloured) };
}

/** The console under `--quiet`. */
export function quietened(console: Console): Console {
  return { ...console, show() {}, note() {}, quiet: true };
}
