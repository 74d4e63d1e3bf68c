import { counted } from "../../counted.js";
import { DEFAULT_ENGINE, ENGINE_NAMES } from "../../engines/names.js";
import { UserError } from "../../errors.js";
import { shownQueue, shownTrainable } from "../../queue/address.js";
import { withoutPasswords } from "../../queue/passwords.js";
import type { Served } from "../../queue/queue-worker.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { QUEUE_VARIABLE, type QueueOptions, queueFlag, queueOptions } from "../queue-flags.js";
import { BACKEND_HELP, ENGINE_HELP, workersFlag } from "../sweep-flags.js";

interface Options extends QueueOptions {
  readonly engine: string;
  readonly backend: string | undefined;
  readonly workers: string | undefined;
}

const LINE_INTERVAL_MS = 10_000;

export const workerCommand = command<Options>({
  usage: "worker",
  summary: "Train the batches of sweeps that share a queue on Redis",
  options: (yargs) =>
    queueOptions(yargs)
      .option("engine", {
        type: "string",
        requiresArg: true,
        default: DEFAULT_ENGINE,
        describe: ENGINE_HELP,
      })
      .option("backend", { type: "string", requiresArg: true, describe: BACKEND_HELP })
      .option("workers", {
        type: "string",
        number: true, // for help alone: as text, messages show what was given
        requiresArg: true,
        describe: "Threads (default: one per core)",
      }) as never,
  values: { engine: async () => ENGINE_NAMES },
  async run(options, { note, quiet, interrupts }) {
    const address = await queueFlag(options, note);
    if (!address) {
      throw new UserError(
        `--queue: is missing; give Redis's address, as redis://host:6379, or set ${QUEUE_VARIABLE}`,
      );
    }
    const asked = workersFlag(options.workers);
    const [{ loadEngine }, { workersFor }, { serveQueue }] = await Promise.all([
      import("../../engines/load.js"),
      import("../../runs/plan-run.js"),
      import("../../queue/queue-worker.js"),
    ]);
    const engine = await loadEngine(options.engine as never, options.backend);
    const workers = workersFor(engine, asked, "--workers");
    let [latest, shown]: [Served, number] = [{ batches: 0, trials: 0 }, 0];
    const timer = setInterval(() => {
      if (latest.trials > shown) note(`${done(latest)}.`);
      shown = latest.trials;
    }, LINE_INTERVAL_MS);
    const onFirst = () => note("Finishing the batches at work; Ctrl-C again ends at once.");
    return interrupts.finishing(onFirst, async (signal) => {
      const served = await serveQueue(address, {
        ...{ engine, workers, signal },
        onNote: quiet ? () => {} : (text) => note(withoutPasswords(text)),
        onReady: (threads) =>
          note(
            `Training for ${shownQueue(address)} on ${counted(threads, "thread")}: ` +
              `${shownTrainable({ engine: engine.name, numerics: engine.numerics })}. Ctrl-C ends it.`,
          ),
        onBatch: (now) => {
          latest = now;
        },
      }).finally(() => clearInterval(timer));
      note(`${done(served)}, and ended.`);
      return EXIT.done;
    });
  },
});

function done({ batches, trials }: Served): string {
  return `Trained ${counted(trials, "trial")} in ${batches === 1 ? "1 batch" : `${batches} batches`}`;
}
