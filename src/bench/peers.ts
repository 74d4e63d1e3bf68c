/** What people would train the networks with instead, on the peers' cell: see bench/peers/. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inPackage } from "../files/package.js";
import type { Cell } from "../model/trial.js";

/** What a peer's script prints, or why there is nothing of it. */
export type PeerMeasurement = { readonly name: string } & (
  | {
      readonly version: string;
      readonly trainings: number;
      /** Wall time. */
      readonly seconds: number;
      /** Processor time of all threads. */
      readonly coreSeconds: number;
    }
  | { readonly absent: string }
);

const PEERS = [
  { name: "PyTorch as in the thesis", script: "pytorch_as_in_the_thesis.py", trainings: [1] },
  { name: "JAX, vmap, jit and scan", script: "jax_vmap_scan.py", trainings: [10, 1000] },
];

/** The exit code of a script whose library is not there. */
const ABSENT = 3;

/** @param python the interpreter to run the scripts with */
export async function measurePeers(cell: Cell, python: string): Promise<PeerMeasurement[]> {
  const measurements: PeerMeasurement[] = [];
  for (const { name, script, trainings } of PEERS) {
    for (const count of trainings) {
      measurements.push(await measurePeer(name, script, { ...cell, trainings: count }, python));
    }
  }
  return measurements;
}

async function measurePeer(
  name: string,
  script: string,
  task: Cell & { readonly trainings: number },
  python: string,
): Promise<PeerMeasurement> {
  const file = inPackage(`bench/peers/${script}`);
  try {
    const { stdout } = await promisify(execFile)(python, [file, JSON.stringify(task)]);
    return { name, ...JSON.parse(stdout) };
  } catch (error) {
    const { code, stderr } = error as { code?: number | string; stderr?: string };
    if (code === "ENOENT") return { name, absent: `there is no ${python}` };
    const lastLine = stderr?.trim().split("\n").at(-1) ?? String(error);
    return { name, absent: code === ABSENT ? lastLine : `${script} failed: ${lastLine}` };
  }
}
