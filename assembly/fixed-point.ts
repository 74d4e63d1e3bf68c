/**
 * Finds out when training repeats itself.
 *
 * A step of a stateless optimizer is a function of the parameters and of the samples that it sees.
 * If the parameters after some step have the bits that they had a whole number of cycles earlier - a
 * cycle goes once through all samples - then all steps since then come again, in the same order, for
 * ever. Adam has more state: its second moments, which shrink by a thousandth a step, reach no fixed
 * point within any usual number of epochs, so it is not looked at.
 */
import { get } from "./lanes";
import { anchor, LANES, parameterCount, parameters } from "./memory";

/** The longest period that is found, in epochs, but for the cycle that reaches it. */
const LONGEST: i32 = 64;

let anchorEpoch: i32 = 0;

/** Remembers the parameters before epoch `epoch`. */
export function setAnchor(epoch: i32): void {
  anchorEpoch = epoch;
  memory.copy(anchor, parameters, <usize>parameterCount * LANES);
}

/** Whether all bits are as they were; nearly always the first ones compared are not. */
function unchanged(): bool {
  for (let at = <usize>parameterCount * LANES; at > 0; ) {
    at -= LANES;
    if (v128.any_true(v128.xor(get(parameters + at, 0), get(anchor + at, 0)))) return false;
  }
  return true;
}

/**
 * To be asked between two cycles.
 *
 * @param epoch the next one
 * @returns the epochs after which training repeats itself, or 0 while it does not
 */
export function periodBefore(epoch: i32): i32 {
  if (unchanged()) return epoch - anchorEpoch;
  if (epoch - anchorEpoch >= LONGEST) setAnchor(epoch);
  return 0;
}
