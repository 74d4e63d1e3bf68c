/** The whole benchmark, in its order. */
import { makeFusedEngine } from "../engines/fused/host.js";
import { loadKernel } from "../engines/fused/load-kernel.js";
import { loadEngine } from "../engines/load.js";
import { ENGINE_NAMES } from "../engines/names.js";
import { growthCases, PEER_CELL, seedsOf, thesisCase } from "./cases.js";
import { type Measurement, measureCase } from "./measure.js";
import { measurePeers, type PeerMeasurement } from "./peers.js";
import { type CommandMeasurement, measureSweep } from "./whole-command.js";

export interface Benchmark {
  readonly cases: readonly Measurement[];
  readonly sweeps: readonly CommandMeasurement[];
  /** All on the same cell, the fused engine first. */
  readonly peers: readonly PeerMeasurement[];
}

/**
 * @param python the interpreter for the peers that need one
 * @param note told what comes next
 */
export async function benchmark(
  runs: number,
  python: string,
  note: (text: string) => void,
): Promise<Benchmark> {
  note("the fused engine …");
  const kernel = await loadKernel();
  const fused = makeFusedEngine(kernel);
  const full = makeFusedEngine(kernel, { shortcuts: false });
  const cases: Measurement[] = [];
  for (const width of [2, 4]) {
    const thesis = thesisCase(width);
    cases.push(await measureCase(thesis, fused, runs));
    const every = { ...thesis, name: `${thesis.name}, every step in full` };
    cases.push(await measureCase(every, full, runs));
  }
  for (const growth of growthCases()) cases.push(await measureCase(growth, fused, runs));

  note("lrn sweep …");
  const sweeps = [
    await measureSweep("thesis, width 2", ["--set", "grid.width=[2]"], runs),
    await measureSweep("thesis, both widths", [], runs),
  ];

  note("the other engines, PyTorch and JAX …");
  const peers = [...(await measureEngines(runs)), ...(await measurePeers(PEER_CELL, python))];
  return { cases, sweeps, peers };
}

/**
 * Each engine of ours with one trial, and those that train several at once with more. The slower
 * ones once each; an engine whose library is not installed is named as absent.
 */
async function measureEngines(runs: number): Promise<PeerMeasurement[]> {
  const measurements: PeerMeasurement[] = [];
  for (const name of ENGINE_NAMES) {
    const engine = await loadEngine(name).catch((error: Error) => error);
    if (engine instanceof Error) {
      measurements.push({ name: `${name} engine`, absent: engine.message });
      continue;
    }
    const isFast = engine.speed.operationsPerSecond > 1e9;
    for (const trainings of isFast ? [1, 10, 1000] : engine.lanes > 1 ? [1, 10] : [1]) {
      const batch = { name, batches: [seedsOf(PEER_CELL, trainings)] };
      const { seconds, coreSeconds } = await measureCase(batch, engine, isFast ? runs : 1);
      measurements.push({ name: `${name} engine`, version: "", trainings, seconds, coreSeconds });
    }
  }
  return measurements;
}
