/**
 * Guards against a slow fused engine: how much faster it trains one cell than the reference engine,
 * in one process, so that the machine's speed cancels out. Exits with 1 where it is too slow.
 *
 * Needs the build.
 */
import { loadEngine } from "../dist/engines/load.js";
import { cellOf } from "../dist/model/cells.js";

/** Between this and what is measured there is room for a busy machine: docs/performance.md has the figure. */
const LEAST_SPEEDUP = 30;

const cell = cellOf({
  depth: 10,
  width: 2,
  connection: "late-residual",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 300,
});
const trials = [0, 1, 2, 3].map((seed) => ({ ...cell, seed }));

const [fused, reference] = [await loadEngine("fused"), await loadEngine("reference")];

async function msOf(engine) {
  const start = performance.now();
  await engine.train({ trials });
  return performance.now() - start;
}

// The fastest of many short runs is one that nothing disturbed and that runs compiled code.
const fastest = { fused: Infinity, reference: Infinity };
for (let round = 0; round < 6; round++) {
  fastest.reference = Math.min(fastest.reference, await msOf(reference));
  for (let run = 0; run < 10; run++) fastest.fused = Math.min(fastest.fused, await msOf(fused));
}
const speedup = fastest.reference / fastest.fused;
const verdict = speedup >= LEAST_SPEEDUP ? "fast enough" : "too slow";
console.log(
  `The fused engine is ${speedup.toFixed(0)} times as fast as the reference, ${verdict}: must be ${LEAST_SPEEDUP} times.`,
);
process.exitCode = speedup >= LEAST_SPEEDUP ? 0 : 1;
