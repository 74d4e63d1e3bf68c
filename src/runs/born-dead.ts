/** How many networks are dead before anything is trained, found by drawing them. */
import { setImmediate } from "node:timers/promises";
import type { Bound, Newborn } from "../analysis/applicable-bounds.js";
import { wilsonInterval } from "../analysis/intervals.js";
import { activationFunction } from "../engines/reference/activation-functions.js";
import { float32 } from "../engines/reference/precision.js";
import { UserError } from "../errors.js";
import type { Points } from "../model/dataset.js";
import { HiddenPass, roomsOf } from "../model/hidden-pass.js";
import { initialParameters } from "../model/initialization.js";
import { parameterCounts } from "../model/layout.js";
import { parameterOf } from "../model/trial.js";
import type { Kind } from "./newborn-kinds.js";

export interface BornDead {
  /** How many were drawn: those of seeds 0, 1, 2, …, as trials have them. */
  readonly networks: number;
  /** How many of them have a hidden layer that puts out 0 for every sample. */
  readonly bornDead: number;
  /** Their share, with its 95 % interval. */
  readonly rate: number;
  readonly rateLow: number;
  readonly rateHigh: number;
  /** Means per network. */
  readonly deadNeurons: number;
  readonly deadLayers: number;
  /** Of the neurons of the first hidden layer, the share that is dead. */
  readonly firstLayerDead: number;
}

/** @param points what the networks see, scaled */
export function countBornDead(newborn: Newborn, points: Points, networks: number): BornDead {
  const counting = countLayers(newborn, points, networks);
  for (;;) {
    const { done, value } = counting.next();
    if (done) return value;
  }
}

/** Signals are heard so often, in milliseconds, unless a layer alone takes longer. */
const PAUSE_EVERY = 50;

/** The same, with pauses in which signals are heard and other work goes on. */
export async function countBornDeadInBlocks(
  newborn: Newborn,
  points: Points,
  networks: number,
): Promise<BornDead> {
  const counting = countLayers(newborn, points, networks);
  for (let begun = performance.now(); ; ) {
    const { done, value } = counting.next();
    if (done) return value;
    if (performance.now() - begun < PAUSE_EVERY) continue;
    await setImmediate();
    begun = performance.now();
  }
}

/** Comes to a halt after every layer. */
function* countLayers(
  newborn: Newborn,
  points: Points,
  networks: number,
): Generator<undefined, BornDead, undefined> {
  const { activation, depth, width } = newborn;
  const { value } = activationFunction(activation, float32, () =>
    Math.fround(parameterOf(activation)),
  );
  const pass = new HiddenPass(newborn, points, value);
  let bornDead = 0;
  let deadNeurons = 0;
  let deadLayers = 0;
  let firstLayerDead = 0;
  for (let seed = 0; seed < networks; seed++) {
    const parameters = initialParameters(newborn, seed);
    let layers = 0;
    for (let l = 0; l < depth; l++) {
      pass.weigh(l, parameters);
      const dead = pass.activate(l).filter(Boolean).length;
      deadNeurons += dead;
      if (l === 0) firstLayerDead += dead;
      if (dead === width) layers++;
      yield;
    }
    deadLayers += layers;
    if (layers > 0) bornDead++;
  }
  const { low, high } = wilsonInterval(bornDead, networks);
  return {
    networks,
    bornDead,
    rate: bornDead / networks,
    rateLow: low,
    rateHigh: high,
    deadNeurons: deadNeurons / networks,
    deadLayers: deadLayers / networks,
    firstLayerDead: firstLayerDead / (networks * width),
  };
}

/** What was counted of a kind, and what theory says of it. */
export interface Risk extends Kind {
  readonly counts: BornDead;
  readonly bounds: readonly Bound[];
}

/** What is done in about half a second: so many products and the like; measured. */
const HALF_A_SECOND = 1.2e8;
const MOST = 10_000;
const LEAST = 100;

/** As many networks as give a small interval, or fewer where they take longer than half a second or so. */
export function enoughNetworks(newborn: Newborn): number {
  const { samples } = newborn.dataset;
  const { weights, biases } = parameterCounts(newborn);
  const work = 3000 + 10 * (weights + biases) + samples * (weights + 2 * biases);
  return Math.max(LEAST, Math.min(MOST, Math.floor(HALF_A_SECOND / work)));
}

/** Numbers of 4 bytes: a gibibyte. */
const MOST_NUMBERS = 2 ** 28;

/** @throws UserError where a network and what it puts out for all samples fill more than a gibibyte */
export function refuseTooLarge(newborn: Newborn): void {
  const { depth, width, connection, dataset } = newborn;
  const { samples } = dataset;
  const { weights, biases } = parameterCounts(newborn);
  const kept = samples * width * (roomsOf(newborn) + 2);
  if (weights + biases + kept <= MOST_NUMBERS) return;
  throw new UserError(
    `depth ${depth}, width ${width}, ${connection}: must fit in a gibibyte with ${samples} samples, ` +
      "does not; give fewer samples, or a smaller network",
  );
}
