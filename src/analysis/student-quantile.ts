/** Quantiles of Student's distribution, for whatever confidence. */
import { normalQuantile } from "./normal-distribution.js";

/** From here on the expansion around the normal's quantile has all the digits that anybody reads. */
const MANY = 200;

/**
 * The t for which P(T >= t) is `tail`: up to 200 degrees of freedom by halving, with the probability as a finite
 * sum of powers of cos θ, tan θ = t/√freedom (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4); beyond, by the first
 * terms of the expansion around the normal's quantile (26.7.5), which is off by less than a millionth there.
 *
 * @param tail from 1e-12 to 0.5
 * @param freedom degrees of freedom, a whole number from 1
 */
export function studentQuantile(tail: number, freedom: number): number {
  if (freedom > MANY) {
    const z = normalQuantile(tail);
    const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
    return z + (z ** 3 + z) / 4 / freedom + second / freedom ** 2;
  }
  // θ, and not t, is between two ends.
  let [low, high] = [0, Math.PI / 2];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.sqrt(freedom) * Math.tan(middle);
    if (upperTail(middle, freedom) > tail) low = middle;
    else high = middle;
  }
}

/** P(T >= √freedom·tan θ) */
function upperTail(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let [sum, term] = [0, isOdd ? cosine : 1];
  for (let k = isOdd ? 1 : 0; k < freedom - 1; k += 2) {
    sum += term;
    term *= ((k + 1) / (k + 2)) * cosine * cosine;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 - inside) / 2;
}
