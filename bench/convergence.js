/**
 * `npm run bench:convergence [-- --backend NAME]`: whether tfjs converges as often as fused. Four cells,
 * all their epochs, the same seeds in both engines; Fisher's exact test on each. Exits with 1 where a
 * p is below 0.001.
 */
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { fisherExactTest } from "../dist/analysis/exact-tests.js";
import { loadEngine } from "../dist/engines/load.js";
import { makeDataset } from "../dist/model/dataset.js";
import { hasConverged, outcomeOf } from "../dist/model/outcome.js";
import { THESIS_DATASET } from "../dist/model/trial.js";

const SEEDS = 400;
const RMSE = 0.07;
const SMALLEST_P = 0.001;

const BASE = { dataset: THESIS_DATASET, width: 2, learningRate: 0.01, epochs: 3000 };
const CELLS = [
  { ...BASE, depth: 2, connection: "plain", optimizer: "adam", trainingStyle: "batch" },
  { ...BASE, depth: 5, connection: "late-residual", optimizer: "adam", trainingStyle: "iterative" },
  {
    ...BASE,
    depth: 5,
    width: 4,
    connection: "late-residual",
    optimizer: "sgd",
    learningRate: 0.1,
    trainingStyle: "batch",
  },
  { ...BASE, depth: 10, connection: "late-residual", optimizer: "adam", trainingStyle: "batch" },
];

const { values } = parseArgs({ options: { backend: { type: "string" } } });
const tfjs = await loadEngine("tfjs", values.backend);
const fused = await loadEngine("fused");

/** Which of the cell's seeds converge. */
async function convergences(engine, cell) {
  const trials = Array.from({ length: SEEDS }, (_, seed) => ({ ...cell, seed }));
  const trainings = await engine.train({ trials });
  const dataset = makeDataset(cell.dataset);
  return trainings.map((training, i) =>
    hasConverged(outcomeOf(trials[i], dataset, training), RMSE),
  );
}

const table = new Table({
  head: ["cell", "seeds", "fused", "tfjs", "seeds that differ", "p"],
  style: { head: [], border: [], compact: true },
  colAligns: ["left", "right", "right", "right", "right", "right"],
});
for (const cell of CELLS) {
  const [ours, theirs] = [await convergences(tfjs, cell), await convergences(fused, cell)];
  const count = (seeds) => seeds.filter(Boolean).length;
  const row = (seeds) => [count(seeds), SEEDS - count(seeds)];
  const p = fisherExactTest([row(theirs), row(ours)]);
  if (p < SMALLEST_P) process.exitCode = 1;
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  table.push([
    `depth ${depth}, width ${width}, ${connection}, ${optimizer} ${learningRate}, ${trainingStyle}`,
    SEEDS,
    count(theirs),
    count(ours),
    ours.filter((converged, i) => converged !== theirs[i]).length,
    p.toPrecision(2),
  ]);
}
console.log(`tfjs with ${tfjs.numerics} against fused; Fisher's exact test, two-sided`);
console.log(table.toString());
