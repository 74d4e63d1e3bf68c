import { fewestTrialsFor } from "../../analysis/sampling-until-narrow.js";
import { counted, number } from "../../counted.js";
import { visible, visibleLines } from "../../output/visible.js";
import { filesOf } from "../../runs/folder-files.js";
import type { Plan } from "../../sweep/plan.js";
import type { Preview } from "../../sweep/preview.js";
import { command } from "../command.js";
import { duration } from "../duration.js";
import { EXIT } from "../exit-codes.js";
import { engineTitle, loadPlan, type SweepOptions, sweepOptions } from "../sweep-flags.js";

export const planCommand = command<SweepOptions & { json: boolean }>({
  usage: "plan <file>",
  summary: "Say what a sweep would train, and train nothing",
  options: (yargs) =>
    sweepOptions(yargs).option("json", {
      type: "boolean",
      default: false,
      describe: "Print JSON",
    }),
  async run(options, { out, show }) {
    const { sweep, folder, engine, plan, workers } = await loadPlan(options);
    const { previewRun } = await import("../../sweep/preview.js");
    const preview = await previewRun(plan, filesOf(folder).store, engine, workers);
    if (options.json) {
      const backend = engine.backend && { backend: engine.backend.name };
      const shard = plan.shard && { shard: { index: plan.shard.index, count: plan.shard.count } };
      const about = { name: sweep.name, folder, engine: engine.name, ...backend, ...shard };
      out(visibleLines(JSON.stringify({ ...about, ...preview }, null, 2)));
      return EXIT.done;
    }
    const atMost = plan.until ? "up to " : "";
    const rows: [string, string][] = [
      ["sweep", `${sweep.name}, into ${visible(folder)}`],
      ["cells", number(preview.cells)],
      ["trials", `${atMost}${number(preview.trials)} (${partText(plan)})`],
      ["done", number(preview.done)],
      ["left", `${preview.left > 0 ? atMost : ""}${number(preview.left)}`],
      ["estimate", estimate(preview, engineTitle(engine), atMost)],
    ];
    if (preview.noLongerAskedFor > 0) {
      rows.splice(4, 0, [
        "others",
        `${number(preview.noLongerAskedFor)} in the store, no longer asked for`,
      ]);
    }
    if (plan.shard) rows.splice(1, 0, ["shard", `${plan.shard.index} of ${plan.shard.count}`]);
    show(rows.map(([name, value]) => `${name.padEnd(10)}${value}`).join("\n"));
    return EXIT.done;
  },
});

/** `10 seeds per cell` or, of a shard, `of 3,360`. */
function partText(plan: Plan): string {
  if (!plan.shard) return `${seedsText(plan)} per cell`;
  return `of ${plan.until ? "up to " : ""}${number(plan.trials)}`;
}

/** `up to 500 seeds`, and the fewest where they are known. */
function seedsText({ seeds, until }: Plan): string {
  const most = counted(seeds.length, "seed");
  if (!until) return most;
  return "width" in until ? `${number(fewestTrialsFor(until.width))} to ${most}` : `up to ${most}`;
}

function estimate(
  { left, estimateSeconds, workers }: Preview,
  engine: string,
  atMost: string,
): string {
  if (left === 0) return "nothing to train";
  const time = duration(estimateSeconds);
  const about = estimateSeconds < 1 ? "" : atMost || "about ";
  return `${about}${time} on ${counted(workers, "worker")} (${engine})`;
}
