import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";

export const schemaCommand = command({
  usage: "schema",
  summary: "Print the sweep file's JSON Schema",
  options: (yargs) => yargs,
  async run(_options, { out }) {
    const { sweepJsonSchema } = await import("../../sweep/schema.js");
    out(JSON.stringify(sweepJsonSchema(), null, 2));
    return EXIT.done;
  },
});
