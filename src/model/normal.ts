/** Draws from the normal distribution that are the same to the last bit on every machine. */
import { log } from "./logarithm.js";
import type { Stream } from "./random.js";

/**
 * Mean 0, deviation 1, by the polar method (Marsaglia & Bray 1964, "A convenient method for generating
 * normal variables"): a point uniform in the unit disc, of which one coordinate is taken to the normal's
 * scale. It needs neither sine nor cosine. The other coordinate is let go, so that a draw leaves nothing
 * behind but where the stream stands.
 *
 * @param stream uniform in [0, 1); two draws for each try, of which 4/π are needed on average
 */
export function normal(stream: Stream): number {
  for (;;) {
    const x = 2 * stream() - 1;
    const y = 2 * stream() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * log(s)) / s);
  }
}
