/**
 * Mini-batches: each pass sees the samples in a new order, each lane in its own. The orders are those of
 * `passOrders` in src/engines/steps.ts, drawn as seedrandom draws, from a state that the host took from it:
 * ARC4, whose 256 bytes and two counters are a lane's stream. Drawn there, they would take longer than the
 * training of small networks.
 */
import { STREAM_BYTES } from "../src/engines/fused/codes";
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

/** The next 8 bits of a stream. */
// @ts-ignore: decorator
@inline
function nextByte(stream: usize): u64 {
  const i = (load<u32>(stream, 256) + 1) & 255;
  const a = <u32>load<u8>(stream + i);
  const j = (load<u32>(stream, 260) + a) & 255;
  const b = <u32>load<u8>(stream + j);
  store<u8>(stream + i, b);
  store<u8>(stream + j, a);
  store<u32>(stream, i, 256);
  store<u32>(stream, j, 260);
  return load<u8>(stream + ((a + b) & 255));
}

/** The next 48 bits, with the counters in registers. */
// @ts-ignore: decorator
@inline
function nextSixBytes(stream: usize): u64 {
  let i = load<u32>(stream, 256);
  let j = load<u32>(stream, 260);
  let bits: u64 = 0;
  for (let byte = 0; byte < 6; byte++) {
    i = (i + 1) & 255;
    const a = <u32>load<u8>(stream + i);
    j = (j + a) & 255;
    const b = <u32>load<u8>(stream + j);
    store<u8>(stream + i, b);
    store<u8>(stream + j, a);
    bits = (bits << 8) | load<u8>(stream + ((a + b) & 255));
  }
  store<u32>(stream, i, 256);
  store<u32>(stream, j, 260);
  return bits;
}

/** The next number of a stream, from 0 to 1: 53 bits, the last of them from bytes of their own. */
// @ts-ignore: decorator
@inline
function draw(stream: usize): f64 {
  let numerator = nextSixBytes(stream);
  let exponent: u64 = 48;
  let last: u64 = 0;
  while (numerator < (<u64>1 << 52)) {
    numerator = (numerator + last) << 8;
    exponent += 8;
    last = nextByte(stream);
  }
  while (numerator >= (<u64>1 << 53)) {
    numerator >>= 1;
    exponent--;
    last >>= 1;
  }
  return <f64>(numerator + last) * reinterpret<f64>((1023 - exponent) << 52);
}

/** Puts the orders of all lanes back to 0 … S-1, as before the first pass. */
export function resetOrders(): void {
  for (let place = 0; place < samples; place++) {
    v128.store(order + ((<usize>place) << 4), i32x4.splat(place));
  }
}

/** The next pass's orders. */
export function shuffleOrders(): void {
  for (let lane: usize = 0; lane < 4; lane++) {
    const stream = streams + lane * STREAM_BYTES;
    const own = order + (lane << 2);
    for (let last = samples - 1; last > 0; last--) {
      const chosen = <i32>(draw(stream) * <f64>(last + 1));
      const a = own + ((<usize>last) << 4);
      const b = own + ((<usize>chosen) << 4);
      const index = load<i32>(a);
      store<i32>(a, load<i32>(b));
      store<i32>(b, index);
    }
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
