/**
 * `npm run bench:gcc [-- FLAG ...]`: the fused kernel against the same loop compiled by g++ for 128-bit
 * vectors (kernel.cpp), width 2, Adam, batch. Further flags, such as -mavx, go to g++. Parameters and
 * losses must be the same to the bit, or it exits with 1. Both take turns, so that a machine that slows
 * down slows both; the times are medians of the processor time of whole trainings.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { biasCorrections } from "../../dist/engines/bias-corrections.js";
import { ADAM } from "../../dist/engines/fused/codes.js";
import { indexOf, LANES } from "../../dist/engines/fused/kernel.js";
import { loadKernel } from "../../dist/engines/fused/load-kernel.js";
import { prepare } from "../../dist/engines/fused/memory.js";
import { writeNetworks } from "../../dist/engines/fused/vector.js";
import { BETA1, BETA2, EPSILON } from "../../dist/engines/optimizer-constants.js";
import { cellOf } from "../../dist/model/cells.js";
import { makeDataset } from "../../dist/model/dataset.js";
import { initialParameters } from "../../dist/model/initialization.js";
import { parameterLayout } from "../../dist/model/layout.js";

const ROUNDS = 101;
/** Trainings before the clock counts, in which V8 compiles the kernel for good. */
const WARM_UPS = 20;
const FLAGS = ["-O3", "-msse4.1", "-ffp-contract=off"];
const CONSTANTS = Object.entries({ BETA1, BETA2, EPSILON }).map(
  ([name, value]) => `-D${name}=${value}`,
);

const BASE = {
  width: 2,
  optimizer: "adam",
  learningRate: 0.001,
  trainingStyle: "batch",
  epochs: 2000,
};
const CELLS = [2, 5, 10, 30].flatMap((depth) =>
  ["plain", "late-residual"].map((connection) => cellOf({ ...BASE, depth, connection })),
);

const dataset = makeDataset(CELLS[0].dataset);
const kernel = new WebAssembly.Instance(await loadKernel()).exports;

/** Four networks that start from the magnitudes of their seeds' initial parameters. */
function taskOf(cell, seeds) {
  const trials = seeds.map((seed) => ({ ...cell, seed }));
  const initial = trials.map((trial) => initialParameters(trial, trial.seed).map(Math.abs));
  return { cell, trials, initial, kernelNs: [], gccNs: [] };
}

/** Copies what the kernel has at `address`. */
function read(address, elements) {
  return new Float32Array(kernel.memory.buffer, 4 * indexOf(address), elements * LANES).slice();
}

/** Trains twice, the second time against the clock; every layer in every step, without the shortcuts. */
function trainByKernel({ cell, trials, initial }) {
  prepare(kernel, { trials, recordLosses: true }, dataset);
  let ns = 0;
  for (let run = 0; run < 2; run++) {
    writeNetworks(kernel, trials, initial, [0, 1, 2, 3]);
    kernel.evaluate();
    const start = process.cpuUsage();
    kernel.train(ADAM, 0, 0);
    const { user, system } = process.cpuUsage(start);
    ns = 1000 * (user + system);
  }
  return {
    ns,
    parameters: read(kernel.parameters, initial[0].length),
    losses: read(kernel.losses, cell.epochs),
    activations: read(kernel.activations, cell.depth * dataset.samples * cell.width),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** kernel.cpp says at its top what it reads and writes. */
function trainByGcc(program, { cell, trials, initial }) {
  const { count } = parameterLayout(cell);
  const header = [cell.depth, Number(cell.connection === "late-residual")];
  const input = [
    Int32Array.of(...header, dataset.samples, cell.epochs),
    dataset.inputs,
    dataset.targets,
    Float32Array.from(trials, ({ learningRate }) => learningRate),
    biasCorrections(cell.epochs),
    Float32Array.from({ length: count * LANES }, (_, i) => initial[i % LANES][(i / LANES) | 0]),
  ];
  const { stdout, status } = spawnSync(program, { input: Buffer.concat(input.map(bytesOf)) });
  if (status !== 0) throw new Error(`the compiled kernel.cpp ended with ${status}`);
  const output = new Uint8Array(stdout).buffer;
  return {
    ns: new Float64Array(output, 0, 1)[0],
    parameters: new Float32Array(output, 8, count * LANES),
    losses: new Float32Array(output, 8 + 4 * count * LANES, cell.epochs * LANES),
  };
}

/** Whether every layer of the network in this lane has some output that is not 0. */
function isAlive(activations, { depth }, lane) {
  const ofLayer = activations.length / depth;
  return Array.from({ length: depth }, (_, layer) =>
    activations
      .subarray(layer * ofLayer, (layer + 1) * ofLayer)
      .some((h, at) => at % LANES === lane && h > 0),
  ).every(Boolean);
}

/**
 * The first four networks of the cell whose layers are all alive after training. A frozen layer never
 * comes alive again: in these the engine would leave out nothing.
 */
function liveTask(cell) {
  const alive = [];
  for (let first = 0; alive.length < LANES; first += LANES) {
    const seeds = Array.from({ length: LANES }, (_, lane) => first + lane);
    const { activations } = trainByKernel(taskOf(cell, seeds));
    alive.push(...seeds.filter((_, lane) => isAlive(activations, cell, lane)));
  }
  return taskOf(cell, alive.slice(0, LANES));
}

/** @throws Error where the bits differ */
function check(program, task) {
  const { cell } = task;
  const [ours, theirs] = [trainByKernel(task), trainByGcc(program, task)];
  for (const name of ["parameters", "losses"]) {
    if (Buffer.compare(bytesOf(ours[name]), bytesOf(theirs[name])) !== 0) {
      throw new Error(
        `depth ${cell.depth}, ${cell.connection}: the ${name} differ; kernel.cpp no longer is the kernel's loop`,
      );
    }
  }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** @returns why it cannot be compiled here; undefined where it was */
function compile(program, flags) {
  if (process.arch !== "x64") return `kernel.cpp is for x64 processors, this is ${process.arch}`;
  const source = fileURLToPath(new URL("kernel.cpp", import.meta.url));
  const { error, status, stderr } = spawnSync(
    "g++",
    [...flags, ...CONSTANTS, "-o", program, source],
    { encoding: "utf8" },
  );
  if (error?.code === "ENOENT") return "there is no g++; install it (Debian: apt-get install g++)";
  if (error) return `g++ cannot be run: ${error.message}`;
  return status === 0 ? undefined : `g++ ended with ${status}:\n${stderr}`;
}

function measure(program, flags) {
  const tasks = CELLS.map(liveTask);
  for (const task of tasks) {
    for (let run = 0; run < WARM_UPS; run++) trainByKernel(task);
    check(program, task);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const task of tasks) {
      task.kernelNs.push(trainByKernel(task).ns);
      task.gccNs.push(trainByGcc(program, task).ns);
    }
  }
  const table = new Table({
    head: ["depth", "connection", "kernel, ns", "g++, ns", "kernel / g++"],
    style: { head: [], border: [], compact: true },
    colAligns: ["right", "left", "right", "right", "right"],
  });
  for (const { cell, kernelNs, gccNs } of tasks) {
    const perLayer = (values) => median(values) / (cell.epochs * cell.depth);
    const [ours, theirs] = [perLayer(kernelNs), perLayer(gccNs)];
    const { depth, connection } = cell;
    table.push([depth, connection, ours.toFixed(1), theirs.toFixed(1), (ours / theirs).toFixed(3)]);
  }
  const version = spawnSync("g++", ["-dumpfullversion"], { encoding: "utf8" }).stdout.trim();
  console.log(`g++ ${version} ${flags.join(" ")}: the same parameters and losses to the bit.`);
  console.log("Processor time per layer and step of four networks (width 2, Adam, batch,");
  console.log(`${dataset.samples} samples), medians of ${ROUNDS} rounds in turns:`);
  console.log(table.toString());
}

const folder = mkdtempSync(join(tmpdir(), "lrn-gcc-"));
try {
  const program = join(folder, "kernel");
  const flags = [...FLAGS, ...process.argv.slice(2)];
  const reason = compile(program, flags);
  if (reason !== undefined) throw new Error(reason);
  measure(program, flags);
} catch (error) {
  console.error(`The kernel cannot be held against g++: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
