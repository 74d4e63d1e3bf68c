import { BORN_AXES } from "../../model/axes.js";
import { visible } from "../../output/visible.js";
import type { Risk } from "../../runs/born-dead.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { wholeNumberFlag } from "../flags.js";
import { RISK_FLAGS } from "../risk-flags.js";
import { axisValues, flagOf } from "../trial-flags.js";

type RiskOptions = Readonly<Record<string, string | undefined>> & {
  readonly file: string | undefined;
  readonly seeds: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
};

/** The most networks of a kind: an interval of a thousandth of a percent. */
const MOST_SEEDS = 10_000_000;

export const riskCommand = command<RiskOptions>({
  usage: "risk [file]",
  summary: "Say how likely a network is born dead, before anything is trained",
  options(yargs) {
    yargs.positional("file", {
      type: "string",
      describe: "A sweep file, whose networks are asked about; flags replace its values",
    });
    for (const [flag, about] of Object.entries(RISK_FLAGS)) {
      yargs.option(flag, { type: "string", requiresArg: true, ...about });
    }
    return yargs
      .option("seeds", {
        type: "string",
        number: true, // for help alone: as text, messages show what was given
        requiresArg: true,
        describe: "Networks drawn of each kind (default: up to 10,000, in half a second or so)",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe:
          "Draw shares and bounds: a file that ends in .svg, .png, .csv or .json, or in nothing for the first three",
      })
      .option("json", { type: "boolean", default: false, describe: "Print JSON" }) as never;
  },
  values: Object.fromEntries(
    Object.entries(axisValues()).filter(([flag]) => BORN_AXES.map(flagOf).includes(flag)),
  ),
  async run(options, { out, show, note, interrupts, stdout }) {
    const seeds = wholeNumberFlag("--seeds", options.seeds, 1, MOST_SEEDS);
    const [{ readKinds }, { applicableBounds }, simulation, { makeDataset }, text] =
      await Promise.all([
        import("../risk-request.js"),
        import("../../analysis/applicable-bounds.js"),
        import("../../runs/born-dead.js"),
        import("../../model/dataset.js"),
        import("../risk-text.js"),
      ]);
    const kinds = await readKinds(options.file, options);
    for (const { newborn } of kinds) simulation.refuseTooLarge(newborn);
    const drawing = options.out === undefined ? undefined : await import("../risk-out.js");
    const files = await drawing?.riskFiles(options.out!, kinds);
    const risks = await interrupts.ending(async () => {
      const found: Risk[] = [];
      for (const { newborn, connections } of kinds) {
        const points = makeDataset(newborn.dataset);
        const networks = seeds ?? simulation.enoughNetworks(newborn);
        const counts = await simulation.countBornDeadInBlocks(newborn, points, networks);
        found.push({ newborn, connections, counts, bounds: applicableBounds(newborn, points) });
      }
      await files?.write(found, drawing!.riskCommandLine(options.file, options));
      return found;
    });
    if (options.json) out(text.riskJson(risks));
    else show(text.riskText(risks, stdout.columns));
    if (files) note(`written to ${visible(files.paths.join(", "))}`);
    return EXIT.done;
  },
});
