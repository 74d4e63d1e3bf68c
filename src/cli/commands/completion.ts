import { basename } from "node:path";
import { command } from "../command.js";
import { COMPLETION_SCRIPTS, SHELLS, type Shell } from "../completion-scripts.js";
import { EXIT } from "../exit-codes.js";

export const completionCommand = command<{ shell: Shell | undefined }>({
  usage: "completion",
  summary: "Print a script with which a shell completes commands, flags and their values",
  options: (yargs) =>
    yargs.option("shell", {
      choices: SHELLS,
      describe: "Whose script (default: that of $SHELL, or bash)",
    }),
  async run({ shell }, { out }) {
    out(COMPLETION_SCRIPTS[shell ?? ownShell()]);
    return EXIT.done;
  },
});

function ownShell(): Shell {
  const name = basename(process.env.SHELL ?? "");
  return SHELLS.find((shell) => shell === name) ?? "bash";
}
