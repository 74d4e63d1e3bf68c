/** What is said of trials whose epochs to converge are known, but for another threshold than they are read with. */
import { agreeing } from "../counted.js";

/** @param trials how many, at least 1 */
export function otherThresholdNote(trials: number, threshold: number): string {
  const those = agreeing(trials, ["converged trial that was", "converged trials that were"]);
  return (
    `epochs_to_converge is empty for ${those} trained with another threshold than ${threshold}: trained trials ` +
    "are kept whatever the threshold, and say this for their own alone. To have it for this one, sweep into a " +
    "new folder."
  );
}
