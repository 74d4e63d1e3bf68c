/** The training loop: forward pass, loss, backward pass, optimizer; epoch by epoch. */
import { ADAM, RELU, SGD } from "../src/engines/fused/codes";
import { Activation, Relu } from "./activations";
import { periodBefore, setAnchor } from "./fixed-point";
import { freeze, frozenPerLane } from "./frozen";
import { addProduct, get, mul, set } from "./lanes";
import {
  depth,
  epochs,
  frozenCounts,
  gradients,
  LANES,
  losses,
  samples,
  samplesPerStep,
  setFrozenLayers,
  targets,
} from "./memory";
import { Adam, Optimizer, Sgd } from "./optimizers";
import { backward, forward } from "./passes";
import { elements, outputBiasAt, predictionGradientOf, predictionOf } from "./places";

/** Epochs of the latest training that were found to repeat earlier ones. */
export let skippedEpochs: i32 = 0;

/** How often, in epochs, layers to freeze are looked for; the look costs some steps of its own. */
const BATCH_LOOK: i32 = 32;
const ITERATIVE_LOOK: i32 = 200;

/** dL/dy = 2(y - t)/n, its sum as the output bias's gradient, and L = Σ(y - t)²/n where it is recorded. */
function lossGradients(epoch: i32, begin: i32, end: i32): void {
  const n = <f32>(end - begin);
  const scale = f32x4.splat(<f32>2 / n);
  let biasGradient = f32x4.splat(0);
  let squares = f32x4.splat(0);
  let y = predictionOf(begin);
  let t = targets + elements(begin);
  let to = predictionGradientOf(begin);
  for (const stop = predictionOf(end); y < stop; y += LANES, t += LANES, to += LANES) {
    const error = f32x4.sub(get(y, 0), get(t, 0));
    const dy = mul(error, scale);
    set(to, 0, dy);
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
function step<A extends Activation, O extends Optimizer>(epoch: i32, begin: i32, end: i32): void {
  forward<A>(begin, end);
  lossGradients(epoch, begin, end);
  backward<A>(begin, end);
  changetype<O>(0).step(epoch);
}

/** Copies the losses of the `period` epochs before `epoch` to it and those after it, up to `end`. */
function repeatLosses(epoch: i32, end: i32, period: i32): void {
  for (; epoch < end; epoch++) set(losses, epoch, get(losses, epoch - period));
}

function trainWith<A extends Activation, O extends Optimizer>(freezing: i32, repeating: i32): void {
  const mayFreeze = freezing != 0 && changetype<A>(0).deadStaysDead && depth > 1;
  const mayRepeat = repeating != 0 && changetype<O>(0).stateless;
  const look = samplesPerStep < samples ? ITERATIVE_LOOK : BATCH_LOOK;
  changetype<O>(0).start();
  setFrozenLayers(0);
  skippedEpochs = 0;
  if (mayRepeat) setAnchor(0);
  let begin = 0;
  for (let epoch = 0; epoch < epochs; ) {
    if (mayFreeze && epoch % look == 0) {
      forward<A>(0, samples);
      freeze<O>(epoch);
    }
    const end = begin + samplesPerStep;
    // Two calls: of one the compiler would make a part of this function.
    if (end < samples) step<A, O>(epoch, begin, end);
    else step<A, O>(epoch, begin, samples);
    begin = end < samples ? end : 0;
    epoch++;
    if (mayRepeat && begin == 0) {
      const period = periodBefore(epoch);
      if (period > 0) {
        const rest = (epochs - epoch) % period;
        if (losses != 0) repeatLosses(epoch, epochs - rest, period);
        skippedEpochs += epochs - rest - epoch;
        epoch = epochs - rest;
      }
    }
  }
  forward<A>(0, samples);
}

function trainActivated<A extends Activation>(optimizer: i32, freezing: i32, repeating: i32): void {
  if (optimizer == ADAM) trainWith<A, Adam>(freezing, repeating);
  else if (optimizer == SGD) trainWith<A, Sgd>(freezing, repeating);
  else unreachable();
}

/**
 * Trains the four networks, then leaves their predictions and activations for all samples. Epoch
 * after epoch uses the next `samplesPerStep` samples, and after the last ones the first.
 *
 * @param activation, optimizer their codes
 * @param freezing 1 to leave frozen layers out: only where gradients come to a layer from the next
 * one alone; else 0
 * @param repeating 1 to leave steps out that repeat earlier ones, where the optimizer has such; else 0
 */
export function train(activation: i32, optimizer: i32, freezing: i32, repeating: i32): void {
  if (activation == RELU) trainActivated<Relu>(optimizer, freezing, repeating);
  else unreachable();
}

function countFrozenOf<A extends Activation>(): void {
  setFrozenLayers(0);
  forward<A>(0, samples);
  // Before the first step no optimizer has anything to remember: all are as SGD.
  set(frozenCounts, 0, changetype<A>(0).deadStaysDead ? frozenPerLane<Sgd>(0) : i32x4.splat(0));
}

/**
 * Writes to `frozenCounts` how many layers of each network are frozen before the first step, so
 * that the host can put networks together that freeze alike.
 */
export function countFrozen(activation: i32): void {
  if (activation == RELU) countFrozenOf<Relu>();
  else unreachable();
}
