/** The command line: finds the command, runs it, and turns errors into messages and exit codes. */
import yargs from "yargs";
import { nearestOf, UserError } from "../errors.js";
import { type Command, type Console, EXIT } from "./command.js";
import { checkCommand } from "./commands/check.js";
import { exportCommand } from "./commands/export.js";
import { planCommand } from "./commands/plan.js";
import { queryCommand } from "./commands/query.js";
import { schemaCommand } from "./commands/schema.js";
import { sweepCommand } from "./commands/sweep.js";
import { trialCommand } from "./commands/trial.js";
import { packageVersion } from "./version.js";

const COMMANDS: readonly Command<never>[] = [
  sweepCommand,
  planCommand,
  trialCommand,
  checkCommand,
  queryCommand,
  exportCommand,
  schemaCommand,
] as never[];

/**
 * Runs one command line.
 *
 * @param argv what stands after the program's name
 * @returns the exit code: 0 done, 1 a check or trials failed, 2 the command line or a file is wrong, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  // A reader that has seen enough (`lrn sweep … | head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
  try {
    return await dispatch(argv);
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`${error.message.replace(/^/gm, "lrn: ")}\n`);
      return EXIT.wrong;
    }
    process.stderr.write(`lrn: internal error: ${(error as Error).stack ?? error}\n`);
    return EXIT.failed;
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const parser = yargs(argv)
    .scriptName("lrn")
    .usage(
      "$0 <command>\n\nTrains plain and late-residual ReLU networks and counts which converge.",
    )
    .option("quiet", { type: "boolean", default: false, describe: "Print errors only" })
    .demandCommand(1, "Name a command")
    .strict()
    .version(packageVersion())
    .completion("completion", "Print a shell completion script")
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UserError(describeMisuse(message, argv));
    });
  for (const { usage, summary, options, run } of COMMANDS) {
    parser.command(usage, summary, options as never, async (parsed) => {
      exitCode = await run(parsed as never, consoleFor(Boolean(parsed.quiet)));
    });
  }
  await parser.parseAsync();
  return exitCode;
}

/** yargs's message, with the command that was meant where one is near, and where to read on. */
function describeMisuse(message: string, argv: readonly string[]): string {
  const names = COMMANDS.map(({ usage }) => usage.split(" ")[0]);
  const word = argv.find((part) => !part.startsWith("-"));
  if (word === undefined || names.includes(word)) {
    return `${message}; see lrn ${word ? `${word} ` : ""}--help`;
  }
  const nearest = nearestOf(word, names);
  const hint = nearest ? `did you mean "${nearest}"?` : `they are ${names.join(", ")}.`;
  return `"${word}" is not a command; ${hint} See lrn --help`;
}

function consoleFor(quiet: boolean): Console {
  const writer = (stream: NodeJS.WriteStream) => (text: string) => {
    if (!quiet) stream.write(`${text}\n`);
  };
  return { out: writer(process.stdout), note: writer(process.stderr), quiet };
}
