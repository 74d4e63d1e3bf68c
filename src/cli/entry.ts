/** The process of the command line: its streams, its signals and its end. */
import { openConsole, type Streams } from "./console.js";
import { EXIT } from "./exit-codes.js";
import { type Interrupts, interruptsBySignals } from "./interrupts.js";
import { endWithoutLostTerminals } from "./lost-terminal.js";
import { main } from "./main.js";
import { isUnderNohup } from "./nohup.js";
import { openStandardOutput } from "./standard-output.js";

/** Runs this process's command line. @returns its exit code, once everything is written */
export function runProcess(): Promise<number> {
  const ignoreHangUps = isUnderNohup();
  // Without a listener Node would let a hang-up end the process.
  if (ignoreHangUps) process.on("SIGHUP", () => {});
  endWithoutLostTerminals();
  process.stderr.on("error", () => {}); // there is nowhere left to tell it
  const streams = { stdout: openStandardOutput(), stderr: process.stderr };
  return runOn(streams, interruptsBySignals(ignoreHangUps), process.argv.slice(2));
}

/** Runs a command line on whatever streams. @returns its exit code, once everything is written */
export async function runOn(
  streams: Streams,
  interrupts: Interrupts,
  argv: readonly string[],
): Promise<number> {
  const { console, finish } = openConsole(streams, interrupts);
  const code = await main(argv, console);
  const failure = await finish();
  if (!failure) return code;
  console.error(
    `lrn: standard output could not be written whole (${failure.code}); ` +
      "free some space or send it elsewhere, and run the same command again",
  );
  return code === EXIT.done ? EXIT.failed : code;
}
