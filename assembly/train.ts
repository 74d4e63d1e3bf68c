/** The training loop: forward pass, loss, backward pass, optimizer; epoch by epoch. */
import { backwardAny, forwardAny } from "./any-width";
import { periodBefore, setAnchor } from "./fixed-point";
import { freeze, frozenPerLane } from "./frozen";
import { addProduct, get, mul, set } from "./lanes";
import {
  depth,
  firstMoments,
  frozenCounts,
  gradients,
  LANES,
  lateResidual,
  losses,
  outputBiasAt,
  parameterCount,
  parameters,
  predictionGradients,
  predictions,
  samples,
  secondMoments,
  setFrozenLayers,
  targets,
  width,
} from "./memory";
import { adam, prepareAdam, sgd } from "./optimizers";
import { backward2, forward2 } from "./width2";
import { backwardOne2, forwardOne2 } from "./width2-one-sample";
import { backward4, forward4 } from "./width4";

/** y of samples begin…end-1; their activations stay in memory. */
function forward(begin: i32, end: i32): void {
  const bias = get(outputBiasAt(parameters), 0);
  for (let s = begin; s < end; s++) set(predictions, s, bias);
  if (width == 2 && end - begin == 1) forwardOne2(begin);
  else if (width == 2) forward2(begin, end);
  else if (width == 4) forward4(begin, end);
  else forwardAny(begin, end);
}

function backward(begin: i32, end: i32): void {
  if (width == 2 && end - begin == 1) backwardOne2(begin);
  else if (width == 2) backward2(begin, end);
  else if (width == 4) backward4(begin, end);
  else backwardAny(begin, end);
}

/** dL/dy = 2(y - t)/n, its sum as the output bias's gradient, and L = Σ(y - t)²/n where it is recorded. */
function lossGradients(epoch: i32, begin: i32, end: i32): void {
  const n = <f32>(end - begin);
  const scale = f32x4.splat(<f32>2 / n);
  let biasGradient = f32x4.splat(0);
  let squares = f32x4.splat(0);
  for (let s = begin; s < end; s++) {
    const error = f32x4.sub(get(predictions, s), v128.load_splat<f32>(targets + ((<usize>s) << 2)));
    const dy = mul(error, scale);
    set(predictionGradients, s, dy);
    biasGradient = f32x4.add(biasGradient, dy);
    squares = addProduct(squares, error, error);
  }
  set(outputBiasAt(gradients), 0, biasGradient);
  if (losses != 0) set(losses, epoch, f32x4.div(squares, f32x4.splat(n)));
}

/**
 * One epoch. A function of its own, so that the engine that runs this can swap it for its
 * optimized version between two epochs.
 */
function step(useAdam: bool, epoch: i32, begin: i32, end: i32): void {
  forward(begin, end);
  lossGradients(epoch, begin, end);
  backward(begin, end);
  if (useAdam) adam(epoch);
  else sgd();
}

/**
 * Writes to `frozenCounts` how many layers of each network are frozen before the first step, so that
 * the host can put networks together that freeze alike.
 */
export function countFrozen(): void {
  setFrozenLayers(0);
  if (!lateResidual) forward(0, samples);
  set(frozenCounts, 0, lateResidual ? i32x4.splat(0) : frozenPerLane(false, 0));
}

/** Epochs of the latest training that were found to repeat earlier ones. */
export let skippedEpochs: i32 = 0;

/** How often, in epochs, layers to freeze are looked for; the look costs some steps of its own. */
const BATCH_LOOK: i32 = 32;
const ITERATIVE_LOOK: i32 = 200;

/** Copies the losses of the `period` epochs before `epoch` to it and those after it, up to `end`. */
function repeatLosses(epoch: i32, end: i32, period: i32): void {
  for (; epoch < end; epoch++) set(losses, epoch, get(losses, epoch - period));
}

/**
 * Trains the four networks, then leaves their predictions and activations for all samples.
 *
 * @param iterative epoch e uses sample e mod S alone, else each epoch uses all
 * @param shortcuts leave out what provably changes nothing; the results are the same to the bit
 */
export function train(useAdam: bool, iterative: bool, epochs: i32, shortcuts: bool): void {
  memory.fill(firstMoments, 0, <usize>parameterCount * LANES);
  memory.fill(secondMoments, 0, <usize>parameterCount * LANES);
  prepareAdam();
  setFrozenLayers(0);
  skippedEpochs = 0;
  const mayFreeze = shortcuts && !lateResidual && depth > 1;
  const mayRepeat = shortcuts && !useAdam;
  const look = iterative ? ITERATIVE_LOOK : BATCH_LOOK;
  if (mayRepeat) setAnchor(0);
  let sample = 0;
  for (let epoch = 0; epoch < epochs; ) {
    if (mayFreeze && epoch % look == 0) {
      forward(0, samples);
      freeze(useAdam, epoch);
    }
    if (iterative) {
      step(useAdam, epoch, sample, sample + 1);
      sample = sample + 1 == samples ? 0 : sample + 1;
    } else {
      step(useAdam, epoch, 0, samples);
    }
    epoch++;
    if (mayRepeat && sample == 0) {
      const period = periodBefore(epoch);
      if (period > 0) {
        const end = epochs - ((epochs - epoch) % period);
        if (losses != 0) repeatLosses(epoch, end, period);
        skippedEpochs += end - epoch;
        epoch = end;
      }
    }
  }
  forward(0, samples);
}
