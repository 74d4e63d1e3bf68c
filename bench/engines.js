/** `npm run bench:engines [-- --json] [-- --runs N]`: trainings a second of each engine and backend, in one run. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { compareEngines } from "../dist/cli/bench/engines.js";

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, runs: { type: "string", default: "3" } },
});
const { timings, absent } = await compareEngines(Number(values.runs), console.error);
const [{ model }, { length: cores }] = [cpus()[0], cpus()];

if (values.json) {
  console.log(JSON.stringify({ processor: model, cores, timings, absent }, null, 2));
} else {
  const head = ["cell", "engine", "trials a batch", "trainings/s", "times one at a time"];
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "right", "right", "right"],
  });
  for (const { cell, engine, backend, trials, trainingsPerSecond, timesOneAtATime } of timings) {
    const { depth, width, connection, optimizer, trainingStyle } = cell;
    table.push([
      `depth ${depth}, width ${width}, ${connection}, ${optimizer}, ${trainingStyle}`,
      backend ? `${engine}, ${backend}` : engine,
      trials,
      Number(trainingsPerSecond.toPrecision(2)),
      Number(timesOneAtATime.toPrecision(2)),
    ]);
  }
  console.log(
    `${model}, ${cores} cores; Node ${process.versions.node}; median of ${values.runs} runs`,
  );
  console.log(table.toString());
  for (const line of absent) console.log(line);
}
