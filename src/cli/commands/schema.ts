import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";

interface SchemaOptions {
  readonly of: "sweep" | "claims";
}

export const schemaCommand = command<SchemaOptions>({
  usage: "schema [of]",
  summary: "Print the JSON Schema of sweep files, or of claims files",
  options: (yargs) =>
    yargs.positional("of", {
      choices: ["sweep", "claims"] as const,
      default: "sweep",
      describe: "Which files it is of",
    }) as never,
  async run({ of }, { out }) {
    const schema =
      of === "sweep"
        ? (await import("../../sweep/schema.js")).sweepJsonSchema()
        : (await import("../../runs/claims-file.js")).claimsJsonSchema();
    out(JSON.stringify(schema, null, 2));
    return EXIT.done;
  },
});
