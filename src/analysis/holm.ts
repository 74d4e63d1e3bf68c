/** Many tests under one budget of false alarms. */

/**
 * Holm's step-down adjustment (Holm 1979, "A simple sequentially rejective multiple test
 * procedure"): reject where the adjusted p is at most α, and the probability of even one false
 * rejection is at most α, however the tests depend on each other. It rejects whatever Bonferroni's
 * rule does, and at times more.
 *
 * @param p one a test, each from 0 to 1
 * @returns adjusted p in the same order, each from 0 to 1
 */
export function holmAdjusted(p: readonly number[]): number[] {
  const rising = p.map((_, i) => i).sort((a, b) => p[a] - p[b]);
  const adjusted = new Array<number>(p.length);
  let largest = 0;
  rising.forEach((test, rank) => {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * p[test]));
    adjusted[test] = largest;
  });
  return adjusted;
}
