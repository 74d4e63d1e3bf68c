import { visible, visibleLines } from "../../output/visible.js";
import { filesOf } from "../../runs/folder-files.js";
import type { Preview } from "../../sweep/preview.js";
import { command } from "../command.js";
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
  async run(options, { out }) {
    const { sweep, folder, engine, plan, workers } = await loadPlan(options);
    const { previewRun } = await import("../../sweep/preview.js");
    const preview = await previewRun(plan, filesOf(folder).store, engine, workers);
    if (options.json) {
      const backend = engine.backend && { backend: engine.backend.name };
      const about = { name: sweep.name, folder, engine: engine.name, ...backend };
      out(visibleLines(JSON.stringify({ ...about, ...preview }, null, 2)));
      return EXIT.done;
    }
    const number = (value: number) => value.toLocaleString("en-US");
    const atMost = plan.until ? "up to " : "";
    const rows: [string, string][] = [
      ["sweep", `${sweep.name}, into ${visible(folder)}`],
      ["cells", number(preview.cells)],
      [
        "trials",
        `${atMost}${number(preview.trials)} (${atMost}${number(plan.seeds.length)} seeds a cell)`,
      ],
      ["done", number(preview.done)],
      ["left", `${preview.left > 0 ? atMost : ""}${number(preview.left)}`],
      ["estimate", `${estimate(preview)} (${engineTitle(engine)})`],
    ];
    if (preview.noLongerAskedFor > 0) {
      rows.splice(4, 0, [
        "others",
        `${number(preview.noLongerAskedFor)} in the store, no longer asked for`,
      ]);
    }
    out(rows.map(([name, value]) => `${name.padEnd(10)}${value}`).join("\n"));
    return EXIT.done;
  },
});

function estimate({ left, estimateSeconds, workers }: Preview): string {
  return left === 0 ? "nothing to train" : `${duration(estimateSeconds)} on ${workers} workers`;
}

/** An estimate is no better than its first digits. */
function duration(seconds: number): string {
  if (seconds < 1) return "under a second";
  const digits = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value));
  if (seconds < 120) return `about ${digits(seconds)} s`;
  if (seconds < 7200) return `about ${digits(seconds / 60)} min`;
  return `about ${digits(seconds / 3600)} h`;
}
