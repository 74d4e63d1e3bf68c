import type { EngineTiming } from "../../bench/engines.js";
import type { Measurement } from "../../bench/measure.js";
import type { PeerMeasurement } from "../../bench/peers.js";
import type { CommandMeasurement } from "../../bench/whole-command.js";
import { counted, number } from "../../counted.js";
import { UserError } from "../../errors.js";
import { packageVersion } from "../../files/package.js";
import { cellName } from "../../model/cells.js";
import { wrapped } from "../../output/wrapped.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";

interface BenchOptions {
  readonly runs: string;
  readonly python: string;
  readonly engines: boolean;
  readonly json: boolean;
}

export const benchCommand = command<BenchOptions>({
  usage: "bench",
  summary: "Time the engines, the whole command, and what people would use instead",
  options: (yargs) =>
    yargs
      .option("runs", {
        type: "string",
        number: true,
        requiresArg: true,
        default: "5",
        defaultDescription: "5",
        describe: "Runs; their median is shown",
      })
      .option("python", {
        type: "string",
        default: "python3",
        describe: "Python with PyTorch or JAX, to time these too",
      })
      .option("engines", {
        type: "boolean",
        default: false,
        describe: "Time the engines and backends against each other instead",
      })
      .option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  async run({ python, engines, json, ...options }, console) {
    const { out, show, note } = console;
    const runs = Number(options.runs);
    if (!Number.isInteger(runs) || runs < 1) {
      throw new UserError(`--runs: must be a whole number from 1, got ${options.runs || '""'}`);
    }
    if (engines) return timeEngines(runs, json, console);
    const [{ benchmark }, { provenance }] = await Promise.all([
      import("../../bench/benchmark.js"),
      import("../../store/provenance.js"),
    ]);
    const { host, versions, commit } = await provenance(packageVersion());
    const results = await console.interrupts.ending(() => benchmark(runs, python, note));
    if (json) {
      out(JSON.stringify({ host, versions, commit, runs, ...results }, null, 2));
      return EXIT.done;
    }
    const { fittedTable } = await import("../fitted-table.js");
    const print = (head: readonly string[], rows: readonly (readonly string[])[]) =>
      show(`${fittedTable(head, rows, console.stdout.columns)}\n`);
    show(
      `${host.processor}, ${counted(host.cores, "core")}; Node ${versions.node}; median of ${counted(runs, "run")}\n`,
    );
    const columns = ["trainings", "core s", "trainings/s", "steps/s", "GFLOP/s", "outside kernel"];
    print(["one thread", ...columns], results.cases.map(caseRow));
    print(
      ["lrn sweep", "trainings", "workers", "seconds", "outside training"],
      results.sweeps.map(sweepRow),
    );
    const present = results.peers.flatMap((peer) => ("absent" in peer ? [] : [peerRow(peer)]));
    print(["one cell", "trainings", "seconds", "core s", "core s/training"], present);
    const absent = results.peers.flatMap((peer) =>
      "absent" in peer ? [`${peer.name}: absent: ${peer.absent}`] : [],
    );
    for (const text of new Set(absent)) show(wrapped(text, console.stdout.columns));
    return EXIT.done;
  },
});

async function timeEngines(
  runs: number,
  json: boolean,
  { out, show, note, interrupts, stdout }: Console,
): Promise<number> {
  const [{ compareEngines }, { provenance }, { fittedTable }] = await Promise.all([
    import("../../bench/engines.js"),
    import("../../store/provenance.js"),
    import("../fitted-table.js"),
  ]);
  const { host, versions, commit } = await provenance(packageVersion());
  const comparison = await interrupts.ending(() => compareEngines(runs, note));
  if (json) {
    out(JSON.stringify({ host, versions, commit, runs, ...comparison }, null, 2));
    return EXIT.done;
  }
  show(
    `${host.processor}, ${counted(host.cores, "core")}; Node ${versions.node}; median of ${counted(runs, "run")}`,
  );
  const head = ["cell", "engine", "trials per batch", "trainings/s", "times one at a time"];
  const absent = comparison.absent.map((text) => wrapped(text, stdout.columns));
  show(
    [fittedTable(head, comparison.timings.map(engineRow), stdout.columns), ...absent].join("\n"),
  );
  return EXIT.done;
}

function engineRow({ cell, engine, backend, ...timing }: EngineTiming): string[] {
  return [
    cellName(cell),
    backend ? `${engine}, ${backend}` : engine,
    String(timing.trials),
    threeDigits(timing.trainingsPerSecond),
    threeDigits(timing.timesOneAtATime),
  ];
}

function caseRow(measured: Measurement): string[] {
  const { name, trainings, coreSeconds, trainingsPerSecond, stepsPerSecond, gflops } = measured;
  return [
    name,
    String(trainings),
    threeDigits(coreSeconds),
    threeDigits(trainingsPerSecond),
    threeDigits(stepsPerSecond),
    threeDigits(gflops),
    measured.outsideKernel === null ? "" : percent(measured.outsideKernel),
  ];
}

function sweepRow({ name, trainings, workers, seconds, outsideTraining }: CommandMeasurement) {
  return [name, String(trainings), String(workers), threeDigits(seconds), percent(outsideTraining)];
}

function peerRow(peer: Exclude<PeerMeasurement, { readonly absent: string }>): string[] {
  const { name, version, trainings, seconds, coreSeconds } = peer;
  return [
    version === "" ? name : `${name} (${version})`,
    String(trainings),
    threeDigits(seconds),
    threeDigits(coreSeconds),
    threeDigits(coreSeconds / trainings),
  ];
}

function threeDigits(value: number): string {
  return value >= 100 ? number(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
