/** What may stand at the end of a command line, for a shell to complete. */
import yargs, { type Argv } from "yargs";
import { BACKENDS, ENGINE_NAMES } from "../engines/names.js";
import type { Command } from "./command.js";

/** One of these words, the name of a file, or what nobody can know. */
export type Completions = readonly string[] | "files" | "nothing";

type Commands = readonly Command<never>[];

/** Where a file or folder is meant. */
const FILES = ["file", "dir", "dirs", "other", "out", "baseline", "results", "python"];
const REPEATABLE = ["set", "where"];
const OF_ALL_COMMANDS = ["help", "quiet", "version"];

/** The same in every command that has them. */
const SHARED: NonNullable<Command<never>["values"]> = {
  engine: async () => ENGINE_NAMES,
  backend: async () => BACKENDS,
};

/** For the shell's script: what kind of answer it is, then a word per line. */
export function completionText(completions: Completions): string {
  return typeof completions === "string" ? completions : ["words", ...completions].join("\n");
}

/** @param given what stands after the program's name up to the cursor; the last word is unfinished */
export async function complete(given: readonly string[], commands: Commands): Promise<Completions> {
  const words = withoutEqualSigns(given);
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const name = before.find((word) => !word.startsWith("-"));
  const names = commands.map(({ usage }) => usage.split(" ")[0]);
  if (name === undefined) {
    return beginning(current, current.startsWith("-") ? OF_ALL_COMMANDS.map(dashed) : names);
  }
  const command = commands[names.indexOf(name)];
  return command ? completeFor(command, before, current) : "nothing";
}

async function completeFor(
  command: Command<never>,
  before: readonly string[],
  current: string,
): Promise<Completions> {
  const { flags, boolean, choices } = flagsOf(command);
  const valuesOf = async (name: string, begun: string): Promise<Completions> => {
    const values = choices[name] ?? (await (command.values?.[name] ?? SHARED[name])?.());
    if (values) return beginning(begun, values);
    return FILES.includes(name) ? "files" : "nothing";
  };
  const takesNext = (word = "") =>
    flags.some((flag) => dashed(flag) === word && !boolean.includes(flag));

  const previous = before.at(-1)!;
  if (takesNext(previous)) return valuesOf(previous.slice(2), current);
  const [, flag, begun] = /^--([^=]+)=(.*)$/s.exec(current) ?? [];
  if (flag !== undefined) {
    const values = await valuesOf(flag, begun);
    return typeof values === "string" ? values : values.map((value) => `--${flag}=${value}`);
  }
  if (current.startsWith("-")) {
    const given = before.map((word) => word.split("=")[0]);
    const left = flags.filter((it) => REPEATABLE.includes(it) || !given.includes(dashed(it)));
    return beginning(current, left.map(dashed));
  }
  const positional = before.filter((word, i) => !word.startsWith("-") && !takesNext(before[i - 1]));
  const names = positionalNames(command);
  const next = command.usage.endsWith("..>")
    ? names[Math.min(positional.length, names.length) - 1]
    : names[positional.length - 1]; // the first word is the command's
  return next === undefined ? "nothing" : valuesOf(next, current);
}

/** bash hands over `--engine=fused` as three words and completes the last of them. */
function withoutEqualSigns(words: readonly string[]): string[] {
  const all = words.at(-1) === "=" ? [...words, ""] : words;
  return all.filter((word) => word !== "=");
}

function flagsOf(command: Command<never>) {
  const parser = command.options(yargs([]));
  const { key, boolean, choices } = (parser as Argv as unknown as Declared).getOptions();
  const positional = positionalNames(command);
  const flags = [...Object.keys(key).filter((name) => !positional.includes(name)), "quiet"];
  return { flags, boolean: [...boolean, "quiet"], choices };
}

/** Part of yargs's objects, though not of their types. */
interface Declared {
  getOptions(): {
    readonly key: object;
    readonly boolean: readonly string[];
    readonly choices: Readonly<Record<string, readonly string[]>>;
  };
}

/** Of `query <dir> [sql]`: dir, sql; of `merge <out> <dirs..>`: out, dirs. */
function positionalNames({ usage }: Command<never>): string[] {
  return [...usage.matchAll(/[<[](\w+)(?:\.\.)?[>\]]/g)].map(([, name]) => name);
}

function dashed(flag: string): string {
  return `--${flag}`;
}

function beginning(begun: string, words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith(begun));
}
