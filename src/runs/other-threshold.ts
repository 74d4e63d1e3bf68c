/** What is said of trials whose epochs to converge are known, but for another threshold than they are read with. */
import { agreeing } from "../counted.js";

/** @param trials how many, at least 1 */
export function otherThresholdNote(trials: number, threshold: number): string {
  const which = agreeing(trials, [
    "converged trial has no epochs_to_converge: it was",
    "converged trials have no epochs_to_converge: they were",
  ]);
  return (
    `${which} trained with another threshold than ${threshold}, and trained trials are kept whatever the ` +
    "threshold. To have it for this one, sweep into a new folder."
  );
}
