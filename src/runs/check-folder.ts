/** Checks a results folder against itself: trains its trials again and compares every stored number. */
import { loadEngine } from "../engines/load.js";
import { type ProofReport, proofReport } from "../output/check-reports/proof.js";
import { findResults, numericsIn } from "./read-folder.js";
import { type ProofRequest, proveTrials } from "./trainer.js";

/** @throws UserError where the folder cannot be read */
export async function checkFolder(
  folder: string,
  request: Omit<ProofRequest, "engine" | "knownNumerics">,
): Promise<ProofReport> {
  await findResults(folder);
  // It gives the reference engine's bits, in a fraction of its time.
  const engine = await loadEngine("fused");
  const knownNumerics = await numericsIn(folder);
  const proved = await proveTrials(folder, { ...request, engine, knownNumerics });
  return proofReport(folder, engine.numerics, proved);
}
