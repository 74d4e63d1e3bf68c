/** ReLU within the unrolled passes, compiled to its own instructions. */
import { Relu } from "./activations";

// @ts-ignore: decorator
@inline
export function activate(z: v128): v128 {
  return changetype<Relu>(0).value(z, z);
}

// @ts-ignore: decorator
@inline
export function activateBackward(dh: v128, h: v128): v128 {
  return changetype<Relu>(0).backward(dh, h, h, h);
}
