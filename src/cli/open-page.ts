/** Opens a file that was written in the program that the desktop opens such files with. */
import type { ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import open from "open";
import { visible } from "../output/visible.js";
import type { Console } from "./console.js";

/** What opens files may be the browser itself, which stays; what cannot open one says so before this. */
const MS_TO_FAIL = 1500;

/** Where nothing opens files, a note says what to do; the file is there all the same. */
export async function openPage(file: string, { note }: Pick<Console, "note">): Promise<void> {
  const path = resolve(file);
  const reason = await open(path).then(failureOf, ({ code, message }) => String(code ?? message));
  if (reason === undefined) return;
  note(`--open: nothing here opens pages (${visible(reason)}); open ${visible(path)} in a browser`);
}

/** Why a program ended, where it did so soon and not well. */
async function failureOf(opener: ChildProcess): Promise<string | undefined> {
  if (opener.exitCode === null && opener.signalCode === null) {
    const ended = new AbortController();
    opener.once("exit", () => ended.abort());
    await setTimeout(MS_TO_FAIL, undefined, { signal: ended.signal }).catch(() => {});
  }
  const { spawnfile, exitCode, signalCode } = opener;
  if (signalCode !== null) return `${spawnfile} ended with ${signalCode}`;
  return exitCode ? `${spawnfile} ended with code ${exitCode}` : undefined;
}
