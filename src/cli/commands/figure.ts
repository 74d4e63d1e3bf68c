import { counted } from "../../counted.js";
import type { DrawnFigure } from "../../figures/draw.js";
import type { TrialCounts } from "../../figures/thesis-trials.js";
import { visible, visibleLines } from "../../output/visible.js";
import { wrapped } from "../../output/wrapped.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";
import { wholeNumberFlag } from "../flags.js";

interface FigureOptions {
  readonly id: string;
  readonly out: string;
  readonly seeds: string | undefined;
  readonly seed: string | undefined;
  readonly json: boolean;
}

export const figureCommand = command<FigureOptions>({
  usage: "figure <id>",
  summary: "Draw a table or figure of the thesis, our numbers beside its own",
  options: (yargs) =>
    yargs
      .positional("id", {
        type: "string",
        demandOption: true,
        describe: "A number as 4.9, or `list`, or `all`",
      })
      .option("out", {
        type: "string",
        default: "results/figures",
        describe: "Folder for the pictures and the trials behind them",
      })
      .option("seeds", {
        type: "string",
        number: true,
        requiresArg: true,
        describe: "Trainings per cell, for tables and bars (default: 10; 4.1, 4.22 and 4.23: 200)",
      })
      .option("seed", {
        type: "string",
        number: true,
        requiresArg: true,
        describe: "Show this training, instead of the one that the figure's rule chooses",
      })
      .option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  values: {
    async id() {
      const { FIGURES } = await import("../../thesis/figures.js");
      return [...FIGURES.map(({ id }) => id), "all", "list"];
    },
  },
  async run({ id, out, json, ...options }, console) {
    const { CHOICE_LIMITS, figureOf, refuseUseless } = await import("../../figures/find.js");
    const { FIGURES, SECONDS, thesisName } = await import("../../thesis/figures.js");
    const choices = {
      seeds: wholeNumberFlag("--seeds", options.seeds, ...CHOICE_LIMITS.seeds),
      seed: wholeNumberFlag("--seed", options.seed, ...CHOICE_LIMITS.seed),
    };
    if (id === "list") {
      refuseUseless({ id }, choices, "--");
      const listed = FIGURES.map(({ id, shows, kind }) => ({ id, shows, seconds: SECONDS[kind] }));
      if (json) console.out(JSON.stringify(listed, null, 2));
      else console.show(listText(listed, console.stdout.columns));
      return EXIT.done;
    }
    const figures = id === "all" ? FIGURES : [figureOf(id)];
    if (id !== "all") refuseUseless(figures[0], choices, "--");
    const { drawFigures } = await import("../../figures/draw.js");
    const printed: object[] = [];
    const onDrawn = ({ figure, made, files, seconds }: DrawnFigure) => {
      if (json) printed.push({ id: figure.id, title: made.title, files, data: made.data });
      else if (!console.quiet) {
        const text = made.text({
          columns: console.stdout.columns,
          colours: console.stdout.colours,
        });
        console.show(`${text}${figures.length > 1 ? "\n" : ""}`);
      }
      const where = visible(files.join(", ")) || "shown";
      console.note(`${thesisName(figure)}: ${where} (${seconds.toFixed(1)} s)`);
    };
    // The trials that are stored by then are there for the next time.
    const counts = await console.interrupts.ending(() =>
      drawFigures(figures, out, { ...choices, onDrawn, onNote: console.note }),
    );
    if (json) {
      console.out(visibleLines(JSON.stringify(figures.length > 1 ? printed : printed[0], null, 2)));
    }
    return counts ? tellCounts(counts, console) : EXIT.done;
  },
});

function tellCounts({ trained, failed }: TrialCounts, console: Console): number {
  console.note(`${counted(trained, "trial")} trained`);
  if (failed === 0) return EXIT.done;
  console.note(`${counted(failed, "trial")} failed; trials.db says why.`);
  return EXIT.failed;
}

function listText(
  listed: readonly { id: string; shows: string; seconds: number }[],
  columns: number,
): string {
  const width = Math.max(...listed.map(({ id }) => id.length));
  return listed
    .map(({ id, shows, seconds }) => {
      const about = wrapped(`${shows} (about ${seconds} s)`, columns, width + 2);
      return `${id.padEnd(width)}  ${about}`;
    })
    .join("\n");
}
