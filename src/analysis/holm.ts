/** Many tests under one budget of false alarms. */

/**
 * Which of several tests reject, so that the probability of a single false rejection among all of
 * them is at most `alpha`, however the tests depend on each other (Holm 1979, "A simple
 * sequentially rejective multiple test procedure"): the smallest p must be at most alpha/m, the
 * next alpha/(m - 1), and so on; the first that is not ends the rejections.
 *
 * @param pValues each from 0 to 1
 * @param alpha the budget, above 0 and below 1
 * @returns [tests], true where a test rejects
 */
export function holmRejections(pValues: readonly number[], alpha: number): boolean[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b]);
  const firstKept = order.findIndex(
    (index, rank) => pValues[index] > alpha / (order.length - rank),
  );
  const rejected = new Set(firstKept === -1 ? order : order.slice(0, firstKept));
  return pValues.map((_, index) => rejected.has(index));
}
