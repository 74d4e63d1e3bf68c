/** The standard normal's tail and its quantiles: `Z_95` is one of these. */

const DENSITY = 1 / Math.sqrt(2 * Math.PI);

/** From here on the continued fraction is the faster of the two. */
const FAR = 2.5;

/**
 * P(Z >= z), to 14 digits of its size: below `FAR` by the series φ(z)·(z + z³/3 + z⁵/(3·5) + …)
 * (Marsaglia 2004, "Evaluating the normal distribution"), above it by Laplace's continued fraction
 * φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))) (Abramowitz & Stegun 1964, 26.2.14).
 *
 * @returns from 0 to 1; 0 where it is too small for a float64
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = DENSITY * Math.exp((-z * z) / 2);
  if (z > FAR) {
    let fraction = z;
    for (let k = 100; k > 0; k--) fraction = z + k / fraction;
    return density / fraction;
  }
  let sum = 0;
  for (let term = z, i = 3; sum + term !== sum; i += 2) {
    sum += term;
    term *= (z * z) / i;
  }
  return 0.5 - density * sum;
}

/**
 * The z for which P(Z >= z) is `tail`, to 14 digits, by Newton's method: from 0 upwards the tail is convex,
 * so that no step goes too far.
 *
 * @param tail from 1e-300 to 0.5
 */
export function normalQuantile(tail: number): number {
  let z = 0;
  for (;;) {
    const density = DENSITY * Math.exp((-z * z) / 2);
    const next = z + (normalUpperTail(z) - tail) / density;
    if (!(next > z * (1 + 1e-15))) return z;
    z = next;
  }
}
