import { BETA1, BETA2 } from "./optimizer-constants.js";

/**
 * The two factors by which step k (from 1) corrects Adam's moments for their start at zero:
 * 1/(1 - β₁ᵏ) and 1/√(1 - β₂ᵏ) (Kingma & Ba 2015, section 2).
 *
 * The powers are repeated products in float64, because the last bits of `pow` differ between machines.
 *
 * @returns float32 [steps, 2]
 */
export function biasCorrections(steps: number): Float32Array {
  const corrections = new Float32Array(2 * steps);
  let power1 = 1;
  let power2 = 1;
  for (let step = 0; step < steps; step++) {
    power1 *= BETA1;
    power2 *= BETA2;
    corrections[2 * step] = 1 / (1 - power1);
    corrections[2 * step + 1] = 1 / Math.sqrt(1 - power2);
  }
  return corrections;
}
