import type { BornDead } from "../../runs/born-dead.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { wholeNumberFlag } from "../flags.js";
import { RISK_AXES, RISK_FLAGS } from "../risk-flags.js";
import type { Risk } from "../risk-text.js";
import { axisValues, flagOf } from "../trial-flags.js";

type RiskOptions = Readonly<Record<string, string | undefined>> & {
  readonly file: string | undefined;
  readonly seeds: string | undefined;
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
      .option("json", { type: "boolean", default: false, describe: "Print JSON" }) as never;
  },
  values: Object.fromEntries(
    Object.entries(axisValues()).filter(([flag]) => RISK_AXES.map(flagOf).includes(flag)),
  ),
  async run(options, { out, show, interrupts, stdout }) {
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
    const risks = await interrupts.ending(async () => {
      const found: Risk[] = [];
      for (const { newborn, connections } of kinds) {
        const points = makeDataset(newborn.dataset);
        const networks = seeds ?? simulation.enoughNetworks(newborn);
        const counts: BornDead = simulation.countBornDead(newborn, points, networks);
        found.push({ newborn, connections, counts, bounds: applicableBounds(newborn, points) });
        await new Promise(setImmediate); // where a signal is heard
      }
      return found;
    });
    if (options.json) out(text.riskJson(risks));
    else show(text.riskText(risks, stdout.columns));
    return EXIT.done;
  },
});
