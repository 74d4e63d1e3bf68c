/** How often the networks of a sweep are born dead, beside what theory says: a part of an account. */
import type { BornDeadRow } from "../analysis/account.js";
import { applicableBounds, closestBounds } from "../analysis/applicable-bounds.js";
import { pick } from "../model/cells.js";
import { makeDataset } from "../model/dataset.js";
import type { Cell } from "../model/trial.js";
import { countBornDeadInBlocks, enoughNetworks, type Risk } from "./born-dead.js";
import { kindsAmong, varyingAxes } from "./newborn-kinds.js";

/**
 * @param seeds networks drawn of each kind, fewer of large ones: the very ones that trials of these seeds start with
 * @param signal ends it between two kinds, with what it has until then
 */
export async function accountRisks(
  cells: readonly Cell[],
  seeds: number,
  signal?: AbortSignal,
): Promise<Risk[]> {
  const risks: Risk[] = [];
  for (const { newborn, connections } of kindsAmong(cells)) {
    if (signal?.aborted) break;
    const points = makeDataset(newborn.dataset);
    const networks = Math.min(seeds, enoughNetworks(newborn));
    const counts = await countBornDeadInBlocks(newborn, points, networks);
    risks.push({ newborn, connections, counts, bounds: applicableBounds(newborn, points) });
  }
  return risks;
}

export function bornDeadRows(risks: readonly Risk[]): BornDeadRow[] {
  const axes = varyingAxes(risks).filter((name) => name !== "connection");
  return risks.map(({ newborn, connections, counts, bounds }) => {
    const { firstLayerDead: _, ...counted } = counts;
    return { axes: pick(newborn, axes), connections, ...counted, ...closestBounds(bounds) };
  });
}
