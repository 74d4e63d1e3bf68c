/** Colours where a terminal shows them: none in a pipe, also on a CI server, and none under NO_COLOR. */
import pc from "picocolors";

const { FORCE_COLOR, NO_COLOR, TERM } = process.env;

export const colours = pc.createColors(
  !NO_COLOR && (Boolean(FORCE_COLOR) || (process.stdout.isTTY === true && TERM !== "dumb")),
);
