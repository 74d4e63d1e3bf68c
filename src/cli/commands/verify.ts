import type { Claimed, Reading } from "../../analysis/account.js";
import { counted } from "../../counted.js";
import { UserError } from "../../errors.js";
import type { Report } from "../../figures/save-report.js";
import type { Cell } from "../../model/trial.js";
import { visible } from "../../output/visible.js";
import type { Sweep } from "../../sweep/schema.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { wholeNumberFlag } from "../flags.js";
import { progressBar } from "../progress.js";
import { workersFlag } from "../sweep-flags.js";

interface VerifyOptions {
  readonly claims: string;
  readonly seeds: string | undefined;
  readonly out: string | undefined;
  readonly workers: string | undefined;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly report: string | undefined;
}

/** Enough to tell most differences of a tenth. */
const USUAL_SEEDS = 200;
const MOST_SEEDS = 1_000_000;
const THESIS = "thesis";

export const verifyCommand = command<VerifyOptions>({
  usage: "verify <claims>",
  summary: "Say which of a paper's numbers and claims hold, and which do not",
  options: (yargs) =>
    yargs
      .positional("claims", {
        type: "string",
        demandOption: true,
        describe: "`thesis`, or a claims file, as configs/claims/lu-2020.json",
      })
      .option("seeds", {
        type: "string",
        number: true, // for help alone: as text, messages show what was given
        requiresArg: true,
        describe: `Trainings per cell (default: ${USUAL_SEEDS})`,
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "Folder of the trainings (default: results/verify-<name>)",
      })
      .option("workers", {
        type: "string",
        number: true, // as above
        requiresArg: true,
        describe: "Threads (default: one per core)",
      })
      .option("report", {
        type: "string",
        requiresArg: true,
        describe: "Write the whole account as Markdown into this file, its pictures beside it",
      })
      .option("markdown", { type: "boolean", default: false, describe: "Print it as Markdown" })
      .option("json", { type: "boolean", default: false, describe: "Print it as JSON" }),
  values: { claims: async () => [THESIS] },
  async run({ claims: asked, out, report, json, markdown, ...options }, console) {
    const seeds = wholeNumberFlag("--seeds", options.seeds, 1, MOST_SEEDS) ?? USUAL_SEEDS;
    const workers = workersFlag(options.workers);
    if (json && markdown) throw new UserError("--json and --markdown: give one of them");
    const { claimed, sweep } = await readClaimed(asked, seeds);
    const [{ planRun }, { trainForClaims }] = await Promise.all([
      import("../../runs/plan-run.js"),
      import("../../runs/verify.js"),
    ]);
    const folder = out ?? `results/verify-${claimed.name}`;
    const saving = report === undefined ? undefined : await import("../../figures/save-report.js");
    await saving?.prepareReport(report!, folder);
    const run = await planRun(sweep, { workers }, "--workers");
    const bar = progressBar(console);
    const onFirst = () =>
      bar.interrupted("Finishing the batches at work; Ctrl-C again ends at once.");
    return console.interrupts.finishing(onFirst, async (signal) => {
      const controls = { signal, onProgress: bar.show, onNote: bar.note };
      const result = await trainForClaims(claimed, folder, run, controls).finally(bar.stop);
      const cells = run.plan.cells.map(({ cell }) => cell);
      const isWhole = json || markdown || report !== undefined;
      const found = result.interrupted
        ? undefined
        : await accountOf(claimed, cells, { folder, seeds, isWhole, signal });
      if (!found || signal.aborted) {
        console.note("Interrupted: the same command goes on where this one stopped.");
        return EXIT.interrupted;
      }
      const { account } = found;
      if (saving) {
        const command = `lrn verify ${asked} --seeds ${seeds}`;
        const files = await saving.saveReport(report!, { ...found, command }, folder);
        const pictures = files.length > 1 ? `, with ${counted(files.length - 1, "picture")}` : "";
        console.note(`The account is in ${visible(report!)}${pictures}.`);
      }
      const format = await import("../../output/formats/account-page.js");
      if (json) console.out(format.accountJson(account));
      else if (markdown) {
        const { accountMarkdown } = await import("../../output/formats/account-markdown.js");
        console.show(accountMarkdown(account));
      } else if (!console.quiet) console.show(format.accountText(account, console.stdout.columns));
      return result.counts.failed > 0 ? EXIT.failed : EXIT.done;
    });
  },
});

interface Asked {
  readonly folder: string;
  readonly seeds: number;
  /** Whether plots are wanted, which the console has no room for. */
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
}

async function accountOf(
  claimed: Claimed,
  cells: readonly Cell[],
  { folder, seeds, isWhole, signal }: Asked,
): Promise<Omit<Report, "command">> {
  const [{ judgeFolder }, { accountRisks, bornDeadRows }] = await Promise.all([
    import("../../runs/verify.js"),
    import("../../runs/account-risks.js"),
  ]);
  const judged = await judgeFolder(claimed, folder);
  const risks = await accountRisks(cells, seeds, signal);
  const plots = isWhole
    ? await (await import("../../figures/account-plots.js")).accountPlots(claimed, folder)
    : [];
  const parts = { bornDead: bornDeadRows(risks), plots: plots.map(({ shown }) => shown) };
  const own = claimed.name === THESIS ? { readings: await readings(seeds, signal) } : {};
  return { account: { ...judged, ...parts, ...own }, plots, risks };
}

/** Trained by themselves, for the store keeps no neuron: more than so many tell nothing more. */
const MOST_READ = 400;

async function readings(seeds: number, signal: AbortSignal): Promise<Reading[]> {
  const { widthFourReadings } = await import("../../runs/width-four-reading.js");
  return widthFourReadings(Math.min(seeds, MOST_READ), signal);
}

async function readClaimed(
  asked: string,
  seeds: number,
): Promise<{ readonly claimed: Claimed; readonly sweep: Sweep }> {
  if (asked === THESIS) {
    const [claims, { THESIS_PLOTS, THESIS_SWEEP }, { thesisNumbers }, { publishedResults }, read] =
      await Promise.all([
        import("../../thesis/thesis-claims.js"),
        import("../../thesis/verified-sweep.js"),
        import("../../thesis/printed-numbers.js"),
        import("../../thesis/published-results.js"),
        import("../../sweep/read-sweep.js"),
      ]);
    return {
      claimed: {
        name: THESIS,
        source: publishedResults.source,
        numbers: thesisNumbers(),
        claims: claims.THESIS_CLAIMS,
        hypotheses: claims.THESIS_HYPOTHESES,
        plots: THESIS_PLOTS,
      },
      sweep: await read.checkedSweep({ ...THESIS_SWEEP, seeds }),
    };
  }
  const [{ readClaims }, { readSweep }] = await Promise.all([
    import("../../runs/claims-file.js"),
    import("../../sweep/read-sweep.js"),
  ]);
  const { sweep, ...claimed } = await readClaims(asked);
  const overrides = [{ path: "seeds", value: seeds }];
  return { claimed, sweep: await readSweep(sweep, overrides, [`--seeds ${seeds}`]) };
}
