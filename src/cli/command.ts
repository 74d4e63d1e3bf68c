/** What a command is. */
import type { ArgumentsCamelCase, Argv } from "yargs";
import type { Content } from "../files/write-blocks.js";

/** Where a command prints. `--quiet` silences notes; a command leaves out its tables by itself. */
export interface Console {
  /** Results, on stdout. */
  out(text: string): unknown;
  /** Results too long to stand in memory, no faster than their reader takes them. */
  print(content: Content): Promise<void>;
  /** Progress and notes, on stderr. */
  note(text: string): unknown;
  /** What went wrong, on stderr. */
  error(text: string): unknown;
  readonly quiet: boolean;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
}

export const EXIT = { done: 0, failed: 1, wrong: 2, interrupted: 130 } as const;

export interface Command<Options> {
  /** The command with its positional arguments, in yargs's syntax. */
  readonly usage: string;
  readonly summary: string;
  options(yargs: Argv): Argv<Options>;
  /** Loads what the command needs and runs it. @returns the exit code */
  run(options: ArgumentsCamelCase<Options>, console: Console): Promise<number>;
}

/** Keeps the type of the options from their declaration to their use. */
export function command<Options>(definition: Command<Options>): Command<Options> {
  return definition;
}
