/**
 * Layers that no later step can change, which training therefore leaves out.
 *
 * Take a network in which a layer is read by the next one alone, and a dead layer T: on all samples
 * its outputs are 0. Where the activation's dead stay dead, dL/dz of T is then +0, and so is
 * the gradient of every parameter of the layers 0 … T, as long as their parameters and outputs are
 * finite: the products are ±0, and a gradient's sum starts at +0. A step with gradient 0 changes
 * nothing but through what the optimizer remembers. Where that no longer changes anything either
 * (`atRest`), the layers 0 … T give the same outputs after the step, T is dead again, and so on for
 * ever.
 *
 * What the optimizer would have made of the skipped layers' moments is never read again.
 *
 * Where gradients go past a dead layer, as from the output neuron of a late-residual network, nothing is
 * frozen so. Where samples are shuffled a layer is dead on all of them, so that a step finds zeros in its
 * outputs, whatever samples these are of.
 *
 * Hidden layers that are kept as they were drawn are frozen from the start, where each step sees its
 * samples in their places: their outputs are worked out once. A step would subtract rate·0 from their
 * parameters, which changes nothing where the rate is finite; Adam's is up to ten times as large.
 */
import { get, mul } from "./lanes";
import {
  depth,
  frozenLayers,
  LANES,
  learningRates,
  parameters,
  samples,
  setFrozenLayers,
} from "./memory";
import { Optimizer } from "./optimizers";
import { activationsOf, rowOf, weightsAt } from "./places";

/** Per lane all ones where |x| is finite, else 0. */
// @ts-ignore: decorator
@inline
function finite(x: v128): v128 {
  return f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity));
}

/** Per lane all ones where the parameters of `layer` stay as they are once their gradients are 0. */
function parametersAtRest<O extends Optimizer>(layer: i32, epoch: i32): v128 {
  let rest = i32x4.splat(-1);
  const end = weightsAt(parameters, rowOf(layer + 1));
  for (let p = weightsAt(parameters, rowOf(layer)); p < end; p += LANES) {
    rest = v128.and(rest, finite(get(p, 0)));
    rest = v128.and(rest, changetype<O>(0).atRest(p, epoch));
  }
  return rest;
}

/**
 * How many layers, from the first, are frozen in each of the four networks: i32x4. Expects the
 * activations of all samples under the parameters as they are. The last layer, which the output
 * neuron reads, is always computed and never counted.
 *
 * @param epoch the next one
 */
export function frozenPerLane<O extends Optimizer>(epoch: i32): v128 {
  /** Per lane all ones as long as every layer so far would stay as it is below a dead layer. */
  let rest = finite(get(learningRates, 0));
  let frozen = i32x4.splat(frozenLayers);
  for (let layer = frozenLayers; layer < depth - 1; layer++) {
    rest = v128.and(rest, parametersAtRest<O>(layer, epoch));
    let dead = i32x4.splat(-1);
    const end = activationsOf(layer, samples);
    for (let h = activationsOf(layer, 0); h < end; h += LANES) {
      rest = v128.and(rest, finite(get(h, 0)));
      dead = v128.and(dead, f32x4.eq(get(h, 0), f32x4.splat(0)));
    }
    if (!v128.any_true(rest)) break;
    frozen = v128.bitselect(i32x4.splat(layer + 1), frozen, v128.and(dead, rest));
  }
  return frozen;
}

/** Freezes the hidden layers, whose outputs for all samples are in memory, where no step changes them. */
export function freezeKept(): void {
  const finiteRates = finite(mul(get(learningRates, 0), f32x4.splat(16)));
  if (i32x4.all_true(finiteRates)) setFrozenLayers(depth);
}

/** Freezes the layers that are frozen in all four networks. */
export function freeze<O extends Optimizer>(epoch: i32): void {
  const frozen = frozenPerLane<O>(epoch);
  const two = i32x4.min_s(frozen, i32x4.shuffle(frozen, frozen, 2, 3, 0, 1));
  setFrozenLayers(min(i32x4.extract_lane(two, 0), i32x4.extract_lane(two, 1)));
}
