/** Where the commands that make a page put it. */
import { UserError } from "../errors.js";
import { refuseUnwritable } from "../files/write.js";
import { visible } from "../output/visible.js";
import { refuseOwnFile, writeOut } from "../runs/own-files.js";
import type { Console } from "./console.js";
import { isStandardOutput } from "./standard-output.js";

interface PageTarget {
  readonly file: string;
  /** What the file was given with; none for the folder's own `report.html`. */
  readonly flag?: string | undefined;
  /** The results folder that the page is made from. */
  readonly reading?: string;
  readonly opens: boolean;
}

/** @throws UserError, before anything is made, where the file cannot be written or opened */
export async function writePage(
  { file, flag, reading, opens }: PageTarget,
  make: () => Promise<string>,
  console: Console,
): Promise<void> {
  if (await isStandardOutput(file)) {
    if (opens) {
      throw new UserError(
        "--open: needs a file, got standard output; leave it out, or give --out a file",
      );
    }
    await console.print(await make());
    return;
  }
  await refuseOwnFile(file, flag, reading);
  await refuseUnwritable(file, flag);
  const content = await make();
  await console.interrupts.ending(() => writeOut(file, content, flag, reading));
  const size = (Buffer.byteLength(content) / 1e6).toFixed(1);
  console.note(`written to ${visible(file)} (${size} MB)`);
  if (opens) await (await import("./open-page.js")).openPage(file, console);
}
