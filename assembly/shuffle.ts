/**
 * Mini-batches: each pass sees the samples in a new order, each lane in its own. The orders are those of
 * `passOrders` in src/engines/steps.ts, drawn as seedrandom draws, from a state that the host took from it:
 * ARC4, whose 256 bytes and two counters are a lane's stream. Drawn there, they would take longer than the
 * training of small networks.
 */
import { STREAM_NUMBERS } from "../src/engines/fused/codes";
import {
  inputCount,
  inputs,
  LANES,
  order,
  outputCount,
  samples,
  stepInputs,
  stepTargets,
  streams,
  targets,
} from "./memory";

/** Where a stream has its counters, in bytes: behind its 256 numbers. */
const I: usize = 1024;
const J: usize = 1028;

/** Puts the orders of all lanes back to 0 … S-1, as before the first pass. */
export function resetOrders(): void {
  for (let place = 0; place < samples; place++) {
    v128.store(order + ((<usize>place) << 4), i32x4.splat(place));
  }
}

/**
 * The next pass's order of one lane. A number from 0 to 1 is made of seven bytes, or of more while these
 * are too small for 53 bits.
 */
function shuffleLane(order: usize, stream: usize): void {
  let i = load<u32>(stream, I);
  let j = load<u32>(stream, J);
  for (let last = samples - 1; last > 0; last--) {
    let bits: u64 = 0;
    let length: u64 = 0;
    do {
      i = (i + 1) & 255;
      const a = load<u32>(stream + (i << 2));
      j = (j + a) & 255;
      const b = load<u32>(stream + (j << 2));
      store<u32>(stream + (i << 2), b);
      store<u32>(stream + (j << 2), a);
      bits = (bits << 8) | load<u32>(stream + (((a + b) & 255) << 2));
      length += 8;
    } while (length < 56 || bits < <u64>1 << 52);
    const excess = <u64>max(0, 11 - <i32>clz(bits));
    const number = <f64>(bits >> excess) * reinterpret<f64>((1023 + excess - length) << 52);
    const place = order + ((<usize>last) << 4);
    const chosen = order + ((<usize>(number * <f64>(last + 1))) << 4);
    const index = load<i32>(place);
    store<i32>(place, load<i32>(chosen));
    store<i32>(chosen, index);
  }
  store<u32>(stream, i, I);
  store<u32>(stream, j, J);
}

/** The next pass's orders. */
export function shuffleOrders(): void {
  for (let lane: usize = 0; lane < 4; lane++) {
    shuffleLane(order + (lane << 2), streams + lane * (STREAM_NUMBERS << 2));
  }
}

/** Samples of `size` numbers each, those at places begin…end-1 of each lane's order. */
// @ts-ignore: decorator
@inline
function gather(from: usize, size: i32, to: usize, begin: i32, end: i32): void {
  const sampleBytes = <usize>size * LANES;
  let place = order + ((<usize>begin) << 4);
  for (let count = end - begin; count > 0; count--, place += LANES) {
    const of0 = from + <usize>load<i32>(place) * sampleBytes;
    const of1 = from + <usize>load<i32>(place, 4) * sampleBytes;
    const of2 = from + <usize>load<i32>(place, 8) * sampleBytes;
    const of3 = from + <usize>load<i32>(place, 12) * sampleBytes;
    for (let at: usize = 0; at < sampleBytes; at += LANES, to += LANES) {
      store<f32>(to, load<f32>(of0 + at));
      store<f32>(to, load<f32>(of1 + at), 4);
      store<f32>(to, load<f32>(of2 + at), 8);
      store<f32>(to, load<f32>(of3 + at), 12);
    }
  }
}

/** Lays what a step sees of each lane side by side. */
export function gatherStep(begin: i32, end: i32): void {
  gather(inputs, inputCount, stepInputs, begin, end);
  gather(targets, outputCount, stepTargets, begin, end);
}
