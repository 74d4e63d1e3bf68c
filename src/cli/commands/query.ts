import { UserError } from "../../errors.js";
import type { Selection } from "../../store/query.js";
import { type Console, command, EXIT } from "../command.js";

interface QueryOptions {
  readonly dir: string;
  readonly sql: string;
  readonly csv: boolean | undefined;
  readonly json: boolean | undefined;
}

export const queryCommand = command<QueryOptions>({
  usage: "query <dir> <sql>",
  summary: "Read a results folder with SQL, from its views trials and cells",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .positional("sql", {
        type: "string",
        demandOption: true,
        describe: 'As "SELECT depth, avg(rate) FROM cells GROUP BY depth"',
      })
      .option("csv", { type: "boolean", describe: "Print CSV" })
      .option("json", { type: "boolean", describe: "Print JSON" })
      .conflicts("csv", "json"),
  async run({ dir, sql, csv, json }, console) {
    const [{ findResults }, { openQueries }, { resultViews }] = await Promise.all([
      import("../read-results.js"),
      import("../../store/query.js"),
      import("../../analysis/result-views.js"),
    ]);
    const { sweep, database } = await findResults(dir);
    const queries = openQueries(database, resultViews(sweep.convergence.rmse));
    try {
      const format = csv ? "csv" : json ? "json" : "table";
      await print(queries.select(sql), format, console);
    } finally {
      queries.close();
    }
    return EXIT.done;
  },
});

async function print(
  selection: Selection,
  format: "csv" | "json" | "table",
  console: Console,
): Promise<void> {
  const { consoleOfRows, selectedRows } = await import("../../output/selected-rows.js");
  const rows = selectedRows(selection);
  if (format === "table") {
    console.out(consoleOfRows(rows));
    return;
  }
  if (format === "json") refuseSameNames(selection.columns);
  const [{ TEXT_FORMATS }, { printParts }] = await Promise.all([
    import("../../output/text-formats.js"),
    import("../print-parts.js"),
  ]);
  return printParts(TEXT_FORMATS[format].rows(rows));
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
