/** Opens a file that was written in the program that the desktop opens such files with. */
import { resolve } from "node:path";
import open from "open";
import { visible } from "../output/visible.js";
import type { Console } from "./console.js";

/** Where nothing opens files, a note says what to do; the file is there all the same. */
export async function openPage(file: string, { note }: Pick<Console, "note">): Promise<void> {
  try {
    await open(resolve(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    note(
      `--open: nothing here opens pages (${visible(code ?? message)}); open ${visible(resolve(file))} in a browser`,
    );
  }
}
