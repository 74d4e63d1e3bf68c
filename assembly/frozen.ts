/**
 * Layers that no later step can change, which training therefore leaves out.
 *
 * Take a plain network with a dead layer T: on all samples its outputs are 0, so dL/dz of T is +0,
 * and so is the gradient of every parameter of the layers 0 … T, as long as their parameters and
 * outputs are finite: the products are ±0, and a gradient's sum starts at +0. A step with gradient 0
 * changes nothing but through Adam's first moment m. Where that no longer changes anything either,
 * the layers 0 … T give the same outputs after the step, T is dead again, and so on for ever.
 *
 * For Adam, m with gradient 0 never grows, for |β₁m| ≤ |m| and rounding keeps order. Nor does the
 * step's rate, and the denominator is never below ε. Hence no later change of p exceeds
 * q = rate·|m|/ε, as rounded, and if p - q and p + q both round to p, every p - change does.
 *
 * What the skipped layers' moments would have become is never read again.
 *
 * In a late-residual network the output neuron sends gradients past a dead layer, so nothing is frozen.
 */
import { get, mul } from "./lanes";
import {
  activationsOf,
  biasCorrections,
  depth,
  firstMoments,
  frozenLayers,
  hiddenLayerAt,
  LANES,
  lateResidual,
  learningRates,
  optimizerConstants,
  parameters,
  samples,
  setFrozenLayers,
  width,
} from "./memory";

/** Per lane all ones where |x| is finite, else 0. */
// @ts-ignore: decorator
@inline
function finite(x: v128): v128 {
  return f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity));
}

/** Per lane all ones where no later step of Adam with gradients 0 changes p, as said above. */
function adamAtRest(p: v128, m: v128, rate: v128): v128 {
  const q = f32x4.div(mul(rate, f32x4.abs(m)), get(optimizerConstants, 4));
  return v128.and(i32x4.eq(f32x4.sub(p, q), p), i32x4.eq(f32x4.add(p, q), p));
}

/** Per lane all ones where the parameters of `layer` stay as they are once their gradients are 0. */
function parametersAtRest(layer: i32, useAdam: bool, rate: v128): v128 {
  let rest = i32x4.splat(-1);
  const begin = layer == 0 ? parameters : hiddenLayerAt(parameters, layer);
  const end = hiddenLayerAt(parameters, layer + 1);
  for (let p = begin; p < end; p += LANES) {
    rest = v128.and(rest, finite(get(p, 0)));
    if (useAdam) {
      const m = get(firstMoments + (p - parameters), 0);
      rest = v128.and(rest, adamAtRest(get(p, 0), m, rate));
    }
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
export function frozenPerLane(useAdam: bool, epoch: i32): v128 {
  const rate = useAdam
    ? mul(get(learningRates, 0), v128.load_splat<f32>(biasCorrections + ((<usize>epoch) << 3)))
    : f32x4.splat(0);
  /** Per lane all ones as long as every layer so far would stay as it is below a dead layer. */
  let rest = finite(get(learningRates, 0));
  let frozen = i32x4.splat(frozenLayers);
  for (let layer = frozenLayers; layer < depth - 1; layer++) {
    rest = v128.and(rest, parametersAtRest(layer, useAdam, rate));
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

/** Freezes the layers that are frozen in all four networks. */
export function freeze(useAdam: bool, epoch: i32): void {
  const frozen = frozenPerLane(useAdam, epoch);
  const two = i32x4.min_s(frozen, i32x4.shuffle(frozen, frozen, 2, 3, 0, 1));
  setFrozenLayers(min(i32x4.extract_lane(two, 0), i32x4.extract_lane(two, 1)));
}
