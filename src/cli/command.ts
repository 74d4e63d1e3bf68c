/** What a command is. */
import type { ArgumentsCamelCase, Argv } from "yargs";
import type { Console } from "./console.js";

export interface Command<Options> {
  /** The command with its positional arguments, in yargs's syntax. */
  readonly usage: string;
  readonly summary: string;
  options(yargs: Argv): Argv<Options>;
  /** Values for a shell to complete, of flags and positional arguments that are not a choice of yargs's. */
  readonly values?: Readonly<Record<string, () => Promise<readonly string[]>>>;
  /** Loads what the command needs and runs it. @returns the exit code */
  run(options: ArgumentsCamelCase<Options>, console: Console): Promise<number>;
}

/** Keeps the type of the options from their declaration to their use. */
export function command<Options>(definition: Command<Options>): Command<Options> {
  return definition;
}
