/** A terminal that was closed while the process went on. */
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { isatty } from "node:tty";

const STANDARD_STREAMS = [0, 1, 2] as const;

/**
 * At its end Node puts back the settings of the terminals that it began with, and aborts where one
 * is gone, which would be the end of a sweep whose results are all there. It leaves streams alone that
 * are no longer what they were.
 */
export function endWithoutLostTerminals(): void {
  const terminals = STANDARD_STREAMS.filter(isatty);
  process.on("exit", () => {
    for (const stream of terminals.filter((terminal) => !isatty(terminal))) {
      closeSync(stream);
      openSync(devNull, "r+"); // takes the lowest number that is free: this stream's
    }
  });
}
