import { nearestOf, UserError } from "../../errors.js";
import { visible, visibleLines } from "../../output/visible.js";
import type { Figure } from "../../thesis/figures.js";
import { type Console, command, EXIT } from "../command.js";
import type { Trainer } from "../figures/trainer.js";
import { wholeNumberFlag } from "../flags.js";

interface FigureOptions {
  readonly id: string;
  readonly out: string;
  readonly seeds: string | undefined;
  readonly seed: string | undefined;
  readonly json: boolean;
}

const DEFAULT_SEEDS = 10;
const MAX_SEEDS = 100_000;
const MAX_SEED = 2 ** 32 - 1;

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
        describe: `Trainings a cell, for tables (default: ${DEFAULT_SEEDS})`,
      })
      .option("seed", {
        type: "string",
        describe: "Show this training, instead of the first with the figure's outcome",
      })
      .option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  async run(options, console) {
    const { FIGURES, SECONDS } = await import("../../thesis/figures.js");
    if (options.id === "list") {
      const listed = FIGURES.map(({ id, shows, kind }) => ({ id, shows, seconds: SECONDS[kind] }));
      console.out(options.json ? JSON.stringify(listed, null, 2) : listText(listed));
      return EXIT.done;
    }
    const figures = options.id === "all" ? FIGURES : [figureOf(options.id, FIGURES)];
    const seeds = wholeNumberFlag("--seeds", options.seeds, 1, MAX_SEEDS);
    const seed = wholeNumberFlag("--seed", options.seed, 0, MAX_SEED);
    if (options.id !== "all") refuseUseless(figures[0], { seeds, seed });
    const { endingOnSignals } = await import("../interrupt.js");
    // The trials that are stored by then are there for the next time.
    return endingOnSignals(() => drawAll(figures, { ...options, seeds, seed }, console));
  },
});

/** @throws UserError with the nearest ids */
function figureOf(id: string, figures: readonly Figure[]): Figure {
  const found = figures.find((figure) => figure.id === id);
  if (found) return found;
  const ids = figures.map((figure) => figure.id);
  const nearest = nearestIds(id, ids);
  throw new UserError(
    `figure: must be an id of \`lrn figure list\`, got ${JSON.stringify(id)}; ` +
      (nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `they are ${ids.join(", ")}`),
  );
}

const NEAREST = 3;

function nearestIds(id: string, ids: readonly string[]): string[] {
  const nearest: string[] = [];
  while (nearest.length < NEAREST) {
    const next = nearestOf(
      id,
      ids.filter((candidate) => !nearest.includes(candidate)),
    );
    if (next === undefined) break;
    nearest.push(next);
  }
  return nearest;
}

type Seeds = Readonly<Record<"seeds" | "seed", number | undefined>>;

/** @throws UserError where a flag means nothing to the figure */
function refuseUseless(figure: Figure, given: Seeds): void {
  for (const flag of ["seeds", "seed"] as const) {
    if (given[flag] === undefined || figure.takes === flag) continue;
    const remedy = figure.takes ? `give --${figure.takes}, or neither` : "leave it out";
    throw new UserError(`--${flag}: means nothing to figure ${figure.id}; ${remedy}`);
  }
}

type DrawOptions = Pick<FigureOptions, "out" | "json"> & Seeds;

/** Where nothing can be written, figures are shown from the trials that are there. */
async function drawAll(
  figures: readonly Figure[],
  options: DrawOptions,
  console: Console,
): Promise<number> {
  const { out } = options;
  const { isReadOnlyFolder, prepareFolder } = await import("../folder.js");
  if (await isReadOnlyFolder(out)) {
    const { withCopiedStore } = await import("../figures/copied-store.js");
    console.note(
      `${visible(out)} cannot be written, so pictures are not saved; --out names another folder`,
    );
    return withCopiedStore(out, (copy) => draw(figures, { ...options, copy }, console));
  }
  await prepareFolder(out);
  return draw(figures, options, console);
}

async function draw(
  figures: readonly Figure[],
  { out, copy, json, seeds, seed }: DrawOptions & { readonly copy?: string },
  console: Console,
): Promise<number> {
  const { makeFigure } = await import("../figures/make.js");
  const { writeFigure } = await import("../figures/write.js");
  const { thesisName } = await import("../../thesis/figures.js");
  let opened: Promise<Trainer> | undefined;
  const trainer = async () => {
    opened ??= Promise.all([import("../figures/trainer.js"), import("../given-up.js")]).then(
      ([{ openTrainer }, { noteGivenUp }]) => openTrainer(copy ?? out, noteGivenUp(console)),
    );
    return opened;
  };
  const printed: object[] = [];
  try {
    for (const figure of figures) {
      const start = performance.now();
      const flags = { seeds, seed };
      const flag = figure.takes && flags[figure.takes] !== undefined ? figure.takes : undefined;
      const typed = `lrn figure ${figure.id}${flag ? ` --${flag} ${flags[flag]}` : ""}`;
      const made = await makeFigure({
        figure,
        seeds: seeds ?? DEFAULT_SEEDS,
        seed: figure.takes === "seed" ? seed : undefined,
        smallPrint: `Thesis, ${thesisName(figure)}  ·  ${typed}`,
        columns: process.stdout.columns ?? DEFAULT_COLUMNS,
        trainer,
      });
      const files = copy === undefined ? await writeFigure(out, figure.id, made) : [];
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      if (json) printed.push({ id: figure.id, title: made.title, files, data: made.data });
      else if (!console.quiet) console.out(`${made.text}${figures.length > 1 ? "\n" : ""}`);
      const where = visible(files.join(", ")) || "shown";
      console.note(`${thesisName(figure)}: ${where} (${seconds} s)`);
    }
    if (json)
      console.out(visibleLines(JSON.stringify(figures.length > 1 ? printed : printed[0], null, 2)));
    return await summary(opened, console);
  } finally {
    await (await opened)?.close();
  }
}

/** Of a line of output that goes to no terminal. */
const DEFAULT_COLUMNS = 100;

async function summary(opened: Promise<Trainer> | undefined, console: Console): Promise<number> {
  if (!opened) return EXIT.done;
  const { trained, failed } = (await opened).counts;
  const trials = (count: number) =>
    `${count.toLocaleString("en-US")} trial${count === 1 ? "" : "s"}`;
  console.note(`${trials(trained)} trained`);
  if (failed === 0) return EXIT.done;
  console.note(`${trials(failed)} failed; trials.db says why.`);
  return EXIT.failed;
}

function listText(listed: readonly { id: string; shows: string; seconds: number }[]): string {
  const width = Math.max(...listed.map(({ id }) => id.length));
  return listed
    .map(({ id, shows, seconds }) => `${id.padEnd(width)}  ${shows} (about ${seconds} s)`)
    .join("\n");
}
