/** Checks a results folder against itself: trains its trials again and compares every stored number. */
import { loadEngine } from "../engines/load.js";
import { type FileDataset, isOfFile } from "../model/trial.js";
import { type ProofReport, proofReport } from "../output/check-reports/proof.js";
import { openStoreReadOnly } from "../store/store.js";
import type { Sweep } from "../sweep/schema.js";
import { dataFiles, readDataFile } from "./folder-data.js";
import { filesOf } from "./folder-files.js";
import { findResults, numericsIn, thresholdsIn } from "./read-folder.js";
import { type ProofRequest, proveTrials } from "./trainer.js";

/** @throws UserError where the folder cannot be read, or a data file that was trained on is gone or has changed */
export async function checkFolder(
  folder: string,
  request: Omit<ProofRequest, "engine" | "knownNumerics" | "knownThresholds">,
): Promise<ProofReport> {
  const { sweep } = await findResults(folder);
  await readDataOf(folder, sweep);
  // It gives the reference engine's bits, in a fraction of its time.
  const engine = await loadEngine("fused");
  const known = {
    knownNumerics: await numericsIn(folder),
    knownThresholds: await thresholdsIn(folder, sweep),
  };
  const proved = await proveTrials(folder, { ...request, engine, ...known });
  return proofReport(folder, engine.numerics, proved);
}

/** Reads every data file that the store's trials were trained on. */
async function readDataOf(folder: string, sweep: Sweep): Promise<void> {
  const store = openStoreReadOnly(filesOf(folder).store);
  const specs = new Map<string, FileDataset>();
  try {
    for (const { cell } of store.cells()) {
      if (isOfFile(cell.dataset)) specs.set(cell.dataset.sha256, cell.dataset);
    }
  } finally {
    store.close();
  }
  if (specs.size === 0) return;
  const locate = await dataFiles(folder, sweep);
  for (const spec of specs.values()) await readDataFile(locate(spec), "--results");
}
