/** Times the training of a case. */
import { setImmediate as turn } from "node:timers/promises";
import type { Engine } from "../engines/contract.js";
import { floatingPointOperations } from "../engines/cost.js";
import type { BenchCase } from "./cases.js";

export interface Measurement {
  readonly name: string;
  readonly trainings: number;
  /** Wall time of the median run. */
  readonly seconds: number;
  /**
   * Processor time of the same run, in all threads: what others do on the machine hardly changes it.
   * The rates below are those of one core that does nothing else.
   */
  readonly coreSeconds: number;
  readonly trainingsPerSecond: number;
  readonly stepsPerSecond: number;
  /** 10⁹ of the floating-point operations that training every step in full takes, a second. */
  readonly gflops: number;
  /** Part of the wall time that is spent outside the kernel; null for engines that have none. */
  readonly outsideKernel: number | null;
}

interface TimedEngine extends Pick<Engine, "train"> {
  kernelMs?(): number;
}

export async function measureCase(
  { name, batches }: BenchCase,
  engine: TimedEngine,
  runs: number,
): Promise<Measurement> {
  const times: { readonly ms: number; readonly coreMs: number; readonly kernelMs: number }[] = [];
  // The first run, in which V8 compiles, does not count.
  for (let run = 0; run <= runs; run++) {
    const time = { ms: 0, coreMs: 0, kernelMs: 0 };
    for (const trials of batches) {
      await turn(); // the event loop, which tells of signals
      const [start, kernelStart] = [performance.now(), engine.kernelMs?.() ?? 0];
      const coreStart = process.cpuUsage();
      await engine.train({ trials });
      const { user, system } = process.cpuUsage(coreStart);
      time.ms += performance.now() - start;
      time.coreMs += (user + system) / 1000;
      time.kernelMs += (engine.kernelMs?.() ?? 0) - kernelStart;
    }
    times.push(time);
  }
  const { ms, coreMs, kernelMs } = median(times.slice(1), ({ coreMs }) => coreMs);
  const trials = batches.flat();
  const perSecond = (amount: number) => amount / (coreMs / 1000);
  const steps = trials.reduce((total, { epochs }) => total + epochs, 0);
  const operations = trials.reduce((total, trial) => total + floatingPointOperations(trial), 0);
  return {
    name,
    trainings: trials.length,
    seconds: ms / 1000,
    coreSeconds: coreMs / 1000,
    trainingsPerSecond: perSecond(trials.length),
    stepsPerSecond: perSecond(steps),
    gflops: perSecond(operations) / 1e9,
    outsideKernel: engine.kernelMs ? 1 - kernelMs / ms : null,
  };
}

/** The middle one by `key`; of an even number the lower of the two. */
export function median<T>(values: readonly T[], key: (value: T) => number): T {
  return values.toSorted((a, b) => key(a) - key(b))[(values.length - 1) >> 1];
}
