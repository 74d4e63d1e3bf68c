/** The fused engine beside the reference engine, and the settings in which they are compared. */
import { expect } from "vitest";
import type { Batch } from "#lrn/engines/contract.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import type { Training } from "#lrn/model/outcome.js";
import { type Activation, CONNECTIONS, OPTIMIZERS } from "#lrn/model/trial.js";
import { firstDifference } from "./batches.js";
import { ACTIVATION_VALUES, STYLES } from "./values.js";

// One engine for all tests, so that each finds what the one before left in memory.
export const kernel = await loadKernel();
export const fused = makeFusedEngine(kernel);

/** Trains the batch with both engines, and gives what they agree on. */
export async function agree(batch: Batch): Promise<Training[]> {
  const expected = await referenceEngine.train(batch);
  expect(firstDifference(await fused.train(batch), expected)).toBeNull();
  return expected;
}

export const SETTINGS = CONNECTIONS.flatMap((connection) =>
  OPTIMIZERS.flatMap((optimizer) =>
    STYLES.map((trainingStyle) => ({ connection, optimizer, trainingStyle })),
  ),
).map((setting, index) => ({ ...setting, index }));

export function isThesis({
  connection,
  optimizer,
  trainingStyle,
}: (typeof SETTINGS)[number]): boolean {
  return (
    ["plain", "late-residual"].includes(connection) &&
    optimizer !== "momentum" &&
    typeof trainingStyle === "string"
  );
}

/** The activation functions in turns. */
export function activationAt(turn: number): Activation {
  return ACTIVATION_VALUES[turn % ACTIVATION_VALUES.length];
}
