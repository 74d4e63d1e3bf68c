/** Says that workers are given up: the rest takes longer then. */
import type { PoolOptions } from "../engines/pool.js";
import type { Console } from "./command.js";

/** Of the first one alone: others mostly follow for the same reason. */
export function noteGivenUp({ note }: Console): Required<Pick<PoolOptions, "onGivenUp">> {
  let told = false;
  return {
    onGivenUp(left, reason) {
      if (told || left === 0) return; // with none left, the command ends with the reason
      told = true;
      note(`Workers that cannot load their engine are given up, and the others go on: ${reason}`);
    },
  };
}
