/** The command line: finds the command, runs it, and turns errors into messages and exit codes. */
import { DISK_FULL, isDiskFull, nearestOf, StoppedError, UserError } from "../errors.js";
import { packageVersion } from "../files/package.js";
import { withoutAddresses, withoutPasswords } from "../queue/passwords.js";
import type { Command } from "./command.js";
import { benchCommand } from "./commands/bench.js";
import { checkCommand } from "./commands/check.js";
import { compareCommand } from "./commands/compare.js";
import { completionCommand } from "./commands/completion.js";
import { doctorCommand } from "./commands/doctor.js";
import { exportCommand } from "./commands/export.js";
import { figureCommand } from "./commands/figure.js";
import { mergeCommand } from "./commands/merge.js";
import { planCommand } from "./commands/plan.js";
import { playgroundCommand } from "./commands/playground.js";
import { plotCommand } from "./commands/plot.js";
import { queryCommand } from "./commands/query.js";
import { reportCommand } from "./commands/report.js";
import { riskCommand } from "./commands/risk.js";
import { schemaCommand } from "./commands/schema.js";
import { sweepCommand } from "./commands/sweep.js";
import { trialCommand } from "./commands/trial.js";
import { verifyCommand } from "./commands/verify.js";
import { workerCommand } from "./commands/worker.js";
import { COMPLETE } from "./completion-scripts.js";
import { type Console, quietened } from "./console.js";
import { EXIT } from "./exit-codes.js";

const COMMANDS: readonly Command<never>[] = [
  sweepCommand,
  workerCommand,
  planCommand,
  mergeCommand,
  trialCommand,
  riskCommand,
  checkCommand,
  compareCommand,
  verifyCommand,
  queryCommand,
  exportCommand,
  figureCommand,
  plotCommand,
  reportCommand,
  playgroundCommand,
  doctorCommand,
  schemaCommand,
  benchCommand,
  completionCommand,
] as never[];

/**
 * Runs one command line.
 *
 * @param argv what stands after the program's name
 * @returns the exit code: 0 done, 1 a check or trials failed, 2 the command line or a file is wrong, 130 interrupted
 */
export async function main(argv: readonly string[], console: Console): Promise<number> {
  const tell = (text: string) =>
    console.error(withoutAddresses(text, argv).replace(/^/gm, "lrn: "));
  try {
    return await dispatch(argv, console);
  } catch (error) {
    if (error instanceof UserError) {
      tell(error.message);
      return EXIT.wrong;
    }
    if (error instanceof StoppedError) {
      tell(error.message);
      return EXIT.failed;
    }
    if ((error as Error).name === "ReplyError") {
      const said = withoutPasswords((error as Error).message);
      tell(`Redis says: ${said}; lrn doctor --queue looks closer`);
      return EXIT.failed;
    }
    if (isDiskFull(error)) {
      console.error(`lrn: ${DISK_FULL}`);
      return EXIT.failed;
    }
    const stack = withoutPasswords((error as Error).stack ?? String(error));
    console.error(`lrn: internal error: ${withoutAddresses(stack, argv)}`);
    return EXIT.failed;
  }
}

async function dispatch(argv: readonly string[], console: Console): Promise<number> {
  refuseLostFolder();
  if (argv[0] === COMPLETE) {
    const { complete, completionText } = await import("./completion-words.js");
    console.out(completionText(await complete(argv.slice(1), COMMANDS)));
    return EXIT.done;
  }
  const { default: yargs } = await import("yargs"); // asks for the working folder as it is loaded
  let exitCode: number | undefined;
  const parser = yargs(argv)
    .scriptName("lrn")
    // A dot belongs to a value of --set, and `--no-out` would make a false of a path.
    .parserConfiguration({ "dot-notation": false, "boolean-negation": false })
    .usage(
      "$0 <command>\n\nTrains plain and late-residual ReLU networks and counts which converge.",
    )
    .option("quiet", {
      type: "boolean",
      default: false,
      describe: "Only errors, and what programs read",
    })
    .demandCommand(1, "Name a command")
    .strict()
    .version(packageVersion())
    .exitProcess(false)
    .check(refuseRepeated)
    .fail((message, error) => {
      // yargs throws some misuses of its own instead of telling them.
      if (error && error.name !== "YError") throw error;
      throw new UserError(describeMisuse(message || error.message, argv));
    });
  leaveHelpUntilAsked(parser);
  for (const { usage, summary, options, run } of COMMANDS) {
    parser.command(usage, summary, options as never, async (parsed) => {
      exitCode = await run(parsed as never, parsed.quiet ? quietened(console) : console);
    });
  }
  // Help and version, which yargs would print by itself.
  let printed = "";
  const parsed = await parser.parseAsync([...argv], {}, (_error, _parsed, text) => {
    printed = text;
  });
  if (printed !== "") console.out(printed);
  if (exitCode !== undefined) return exitCode;
  if (parsed.help || parsed.version) return EXIT.done;
  throw new UserError(describeMisuse("Name a command", []));
}

/**
 * yargs lays out the help of every command that it runs, in case the command shows it. None of ours does. A later yargs
 * may have no such method; then only the time is lost.
 */
function leaveHelpUntilAsked(parser: object): void {
  const { getInternalMethods } = parser as {
    getInternalMethods?(): { getUsageInstance?(): { cacheHelpMessage?: () => void } };
  };
  const usage = getInternalMethods?.call(parser).getUsageInstance?.();
  if (usage?.cacheHelpMessage) usage.cacheHelpMessage = () => {};
}

/** @throws UserError where the working folder is gone, which much that is needed would trip over */
function refuseLostFolder(): void {
  try {
    process.cwd();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`the working folder is not there any more (${code}); go to another`);
  }
}

const REPEATABLE = ["set", "where", "dirs", "_", "--"];

/** @throws UserError where a flag that takes one value is given twice */
function refuseRepeated(parsed: Record<string, unknown>): true {
  for (const [flag, value] of Object.entries(parsed)) {
    if (Array.isArray(value) && !REPEATABLE.includes(flag)) {
      const given = value.map((each) => JSON.stringify(each)).join(" and ");
      throw new UserError(`--${flag}: takes one value, got ${given}; give it once`);
    }
  }
  return true;
}

/** yargs's message, with the command that was meant where one is near, and where to read on. */
function describeMisuse(message: string, argv: readonly string[]): string {
  const names = COMMANDS.map(({ usage }) => usage.split(" ")[0]);
  const word = argv.find((part) => !part.startsWith("-"));
  if (word === undefined || names.includes(word)) {
    const missing = missingArgument(message, word);
    if (missing) return `${word}: ${missing}; see lrn ${word} --help`;
    const path = argv.find((part) => part.startsWith("--set."))?.replace(/^--set\.|=.*/gs, "");
    const hint = path === undefined ? "" : `; give --set ${path}=value`;
    const about = word === undefined ? "" : `${word} `;
    return `${message}${hint}; see lrn ${about}--help`;
  }
  const nearest = nearestOf(word, names);
  const hint = nearest ? `did you mean "${nearest}"?` : `they are ${names.join(", ")}.`;
  return `"${word}" is not a command; ${hint} See lrn --help`;
}

/** What stands for an argument that a command cannot do without, and an example. */
const ARGUMENTS: Readonly<Record<string, readonly [what: string, example: string]>> = {
  dir: ["a results folder", "results/thesis"],
  file: ["a sweep file", "configs/thesis.json"],
  id: ["a figure", "4.3"],
  claims: ["a paper's claims", "thesis"],
};

/** yargs only counts arguments; undefined where that is not its message. */
function missingArgument(message: string, word: string | undefined): string | undefined {
  const [, given] = /^Not enough non-option arguments: got (\d+)/.exec(message) ?? [];
  const usage = COMMANDS.find((command) => command.usage.split(" ")[0] === word)?.usage ?? "";
  const names = [...usage.matchAll(/<(\w+)>/g)].map(([, name]) => name);
  const [what, example] = ARGUMENTS[names[Number(given)] ?? ""] ?? [];
  return what && `needs ${what}, as lrn ${word} ${example}`;
}
