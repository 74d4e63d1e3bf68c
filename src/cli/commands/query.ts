import type { ArgumentsCamelCase } from "yargs";
import { counted, number } from "../../counted.js";
import { UserError } from "../../errors.js";
import type { ResultRows } from "../../output/formats/result-rows.js";
import type { Selection } from "../../store/query.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";

interface QueryOptions {
  readonly dir: string;
  readonly sql: string | undefined;
  readonly csv: boolean | undefined;
  readonly json: boolean | undefined;
}

type QueryArguments = ArgumentsCamelCase<QueryOptions>;

export const queryCommand = command<QueryOptions>({
  usage: "query <dir> [sql]",
  summary: "Read a results folder with SQL: its views trials and cells, all_trials and all_cells",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .positional("sql", {
        type: "string",
        describe:
          'As "SELECT depth, avg(rate) FROM cells GROUP BY depth"; after -- also with a dash in front',
      })
      .nargs({ dir: 1, sql: 1 }) // `-` is their value too
      .option("csv", { type: "boolean", describe: "Print CSV" })
      .option("json", { type: "boolean", describe: "Print JSON" })
      .conflicts("csv", "json"),
  async run({ dir, csv, json, ...options }, console) {
    const sql = statementOf(options);
    const { openFolderQueries } = await import("../../runs/query-folder.js");
    const queries = await openFolderQueries(dir);
    try {
      const format = csv ? "csv" : json ? "json" : "table";
      await print(queries.select(sql), format, console);
    } finally {
      queries.close();
    }
    return EXIT.done;
  },
});

/** @throws UserError where there is not one statement */
function statementOf({ sql, _: [, ...others] }: Pick<QueryArguments, "sql" | "_">): string {
  const given = [...(sql === undefined ? [] : [sql]), ...others.map(String)]; // others come after `--`
  if (given.length === 1) return given[0];
  const what =
    given.length === 0 ? "none" : given.map((each) => JSON.stringify(each)).join(" and ");
  throw new UserError(`SQL: must be one statement, got ${what}; see lrn query --help`);
}

async function print(
  selection: Selection,
  format: "csv" | "json" | "table",
  console: Console,
): Promise<void> {
  if (format === "json") refuseSameNames(selection.columns);
  const { selectedRows } = await import("../../output/formats/selected-rows.js");
  // JSON escapes by itself what steers a terminal, and would escape it twice.
  const shown = format === "table" || (format === "csv" && console.stdout.terminal);
  const rows = selectedRows(selection, shown);
  if (format === "table") return printTable(rows, console);
  const { TEXT_FORMATS } = await import("../../output/formats/text-formats.js");
  return console.print(TEXT_FORMATS[format].rows(rows));
}

/** Whole in a pipe; on a terminal its first part, and how many rows there are. */
async function printTable({ columns, parts }: ResultRows, console: Console): Promise<void> {
  if (console.quiet) return;
  const width = console.stdout.columns;
  const { tableOfRows } = await import("../../output/formats/row-table.js");
  if (!console.stdout.terminal) return console.print(tableOfRows({ columns, parts }, width));
  const all = parts[Symbol.iterator]();
  const first = all.next().value ?? [];
  await console.print(tableOfRows({ columns, parts: [first] }, width));
  let rows = first.length;
  for (let part = all.next(); !part.done; part = all.next()) rows += part.value.length;
  if (rows === first.length) return;
  console.note(
    `The first ${number(first.length)} of ${counted(rows, "row")}; --csv or --json prints all of them, ` +
      "as does a pipe or a file.",
  );
}

/** An object would keep only the last of them. */
function refuseSameNames(columns: readonly string[]): void {
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UserError(
      `SQL: as JSON every column must have a name of its own, got "${twice}" twice; rename one with AS`,
    );
  }
}
