/** The training loop: forward pass, loss, backward pass, optimizer; epoch by epoch. */
import { ADAM, MOMENTUM, SGD } from "../src/engines/fused/codes";
import { deadStaysDead } from "./activation-passes";
import { periodBefore, setAnchor } from "./fixed-point";
import { freeze, freezeKept, frozenPerLane } from "./frozen";
import { clear, elements, get, set } from "./lanes";
import { look, repeatLooks, startLooking, stepsLook } from "./looks";
import {
  depth,
  epochs,
  frozenCounts,
  frozenLayers,
  gradients,
  inputCount,
  inputs,
  keepsHidden,
  looks,
  losses,
  parameterCount,
  samples,
  samplesPerStep,
  see,
  setFrozenLayers,
  shuffles,
  stepInputs,
  stepTargets,
  targets,
  testInputs,
  testPredictions,
  testSamples,
  width,
  zeros,
} from "./memory";
import { Adam, Momentum, Optimizer, Sgd } from "./optimizers";
import { choosePasses, forward, lossAndGradients } from "./passes";
import { predictionOf } from "./places";
import { gatherStep, resetOrders, shuffleOrders } from "./shuffle";

/** Epochs of the latest training that were found to repeat earlier ones. */
export let skippedEpochs: i32 = 0;

/** How often, in epochs, layers to freeze are searched for; the search costs some steps of its own. */
const BATCH_SEARCH: i32 = 32;
const ITERATIVE_SEARCH: i32 = 200;
/** The same in passes, of mini-batches. */
const PASSES_SEARCH: i32 = 32;

function epochsBetweenSearches(): i32 {
  if (shuffles) return PASSES_SEARCH * ((samples + samplesPerStep - 1) / samplesPerStep);
  return samplesPerStep < samples ? ITERATIVE_SEARCH : BATCH_SEARCH;
}

function forwardAll(): void {
  see(inputs, targets);
  forward(0, samples);
}

/** A function of its own for the same reason as `step`. */
function lookAtAll(epoch: i32): void {
  forwardAll();
  look(epoch);
}

/**
 * One epoch. A function of its own, so that the engine that runs this can swap it for its
 * optimized version between two epochs.
 */
function step<O extends Optimizer>(epoch: i32, begin: i32, end: i32): void {
  lossAndGradients(epoch, begin, end);
  changetype<O>(0).step(epoch);
}

/** One epoch on the samples at these places of each lane's order. */
function shuffledStep<O extends Optimizer>(epoch: i32, begin: i32, end: i32): void {
  if (begin == 0) shuffleOrders();
  gatherStep(begin, end);
  see(stepInputs, stepTargets);
  step<O>(epoch, 0, end - begin);
}

/** Copies the losses of the `period` epochs before `epoch` to it and those after it, up to `end`. */
function repeatLosses(epoch: i32, end: i32, period: i32): void {
  for (; epoch < end; epoch++) set(losses, epoch, get(losses, epoch - period));
}

function trainWith<O extends Optimizer>(freezing: i32, repeating: i32): void {
  const mayFreeze = freezing != 0 && deadStaysDead() && depth > 1 && !keepsHidden;
  const mayRepeat = repeating != 0 && changetype<O>(0).stateless && !shuffles;
  const search = epochsBetweenSearches();
  changetype<O>(0).start();
  startLooking();
  setFrozenLayers(0);
  clear(zeros, zeros + elements(width));
  clear(gradients, gradients + elements(parameterCount));
  if (shuffles) resetOrders();
  forwardAll();
  if (freezing != 0 && keepsHidden && !shuffles) freezeKept();
  skippedEpochs = 0;
  if (mayRepeat) setAnchor(0);
  let begin = 0;
  for (let epoch = 0; epoch < epochs; ) {
    if (mayFreeze && epoch % search == 0) {
      forwardAll();
      freeze<O>(epoch);
    }
    if (looks && !stepsLook && begin == 0) lookAtAll(epoch);
    const end = begin + samplesPerStep;
    // Two calls: of one the compiler would make a part of this function.
    if (shuffles) shuffledStep<O>(epoch, begin, min(end, samples));
    else if (end < samples) step<O>(epoch, begin, end);
    else step<O>(epoch, begin, samples);
    begin = end < samples ? end : 0;
    epoch++;
    if (mayRepeat && begin == 0) {
      const period = periodBefore(epoch);
      if (period > 0) {
        const rest = (epochs - epoch) % period;
        const skipped = epochs - rest - epoch;
        if (losses != 0) repeatLosses(epoch, epochs - rest, period);
        repeatLooks(epoch, period, skipped);
        skippedEpochs += skipped;
        epoch = epochs - rest;
      }
    }
  }
  forwardAll();
}

/**
 * Trains the four networks, then leaves their predictions and activations for all samples. Epoch
 * after epoch uses the next `samplesPerStep` samples, and after the last ones the first.
 *
 * @param optimizer its code
 * @param freezing 1 to leave frozen layers out: only where gradients come to a layer from the next
 * one alone, or hidden layers are kept; else 0
 * @param repeating 1 to leave steps out that repeat earlier ones, where there are such; else 0
 */
export function train(optimizer: i32, freezing: i32, repeating: i32): void {
  if (optimizer == ADAM) trainWith<Adam>(freezing, repeating);
  else if (optimizer == SGD) trainWith<Sgd>(freezing, repeating);
  else if (optimizer == MOMENTUM) trainWith<Momentum>(freezing, repeating);
  else unreachable();
}

/**
 * To be called before `train`, also. Leaves the networks' predictions and activations for all samples,
 * and in `frozenCounts` how many layers of each are frozen before a first step, so that the host can put
 * networks together that freeze alike.
 */
export function evaluate(): void {
  choosePasses();
  setFrozenLayers(0);
  forwardAll();
  // Before the first step no optimizer has anything to remember: all are as SGD.
  set(frozenCounts, 0, deadStaysDead() ? frozenPerLane<Sgd>(0) : i32x4.splat(0));
}

/** Leaves the networks' predictions for the test points. Those for the samples are lost. */
export function test(): void {
  const frozen = frozenLayers;
  setFrozenLayers(0);
  for (let begin = 0; begin < testSamples; begin += samples) {
    const count = min(samples, testSamples - begin);
    see(testInputs + elements(begin * inputCount), targets);
    forward(0, count);
    const bytes = predictionOf(count) - predictionOf(0);
    memory.copy(testPredictions + (predictionOf(begin) - predictionOf(0)), predictionOf(0), bytes);
  }
  setFrozenLayers(frozen);
}
