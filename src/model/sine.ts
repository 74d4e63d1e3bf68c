/** A sine that is the same to the last bit on every machine: the last bits of `Math.sin` may differ. */

/** π/2 in two parts, of which the first has so few bits that a product with a number below 2^23 is exact. */
const HALF_PI = 843314856 / 2 ** 29;
const HALF_PI_REST = 9.920935796805404e-10;

/** 1/3!, 1/5!, … and 1/2!, 1/4!, … with their signs: Taylor's series, which end below 1e-17 up to π/4. */
const SINE = reciprocalFactorials([3, 5, 7, 9, 11, 13, 15, 17]);
const COSINE = reciprocalFactorials([2, 4, 6, 8, 10, 12, 14, 16]);

/**
 * sin x, within 1e-15.
 *
 * @param x from -10⁷ to 10⁷
 */
export function sin(x: number): number {
  const quarters = Math.round(x / (HALF_PI + HALF_PI_REST));
  const r = x - quarters * HALF_PI - quarters * HALF_PI_REST;
  const even = quarters % 2 === 0;
  const value = even ? r + r * series(SINE, r * r) : 1 + series(COSINE, r * r);
  return ((quarters % 4) + 4) % 4 < 2 ? value : -value;
}

/** c₀q + c₁q² + …, from the smallest term up. */
function series(coefficients: readonly number[], q: number): number {
  return coefficients.reduceRight((sum, coefficient) => (sum + coefficient) * q, 0);
}

function reciprocalFactorials(of: readonly number[]): number[] {
  let factorial = 1;
  let last = 1;
  return of.map((n, i) => {
    while (last < n) factorial *= ++last;
    return (i % 2 === 0 ? -1 : 1) / factorial;
  });
}
