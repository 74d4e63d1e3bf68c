/** What is wrong with Redis at the moment, as a sweep sees it: told when it begins and when it is over, and given up after a while. */
import { StoppedError } from "../errors.js";
import { type QueueAddress, shownQueue } from "./address.js";

export interface Trouble {
  readonly isThere: boolean;
  /** Does nothing where there is trouble already. @param what in the words of a sentence's middle */
  begins(what: string): void;
  ends(): void;
  /** Nothing begins afterwards. */
  close(): void;
}

interface Watched {
  /** Milliseconds until it is given up. */
  readonly patience: number;
  readonly onNote: (text: string) => void;
  readonly onGivenUp: (reason: StoppedError) => void;
  readonly onOver: () => void;
}

export function watchTrouble(
  address: QueueAddress,
  { patience, onNote, onGivenUp, onOver }: Watched,
): Trouble {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const giveUp = (what: string) => {
    isOver = true;
    const message =
      `${shownQueue(address)}: ${what}, for ${Math.round(patience / 1000)} s by now; what is finished is ` +
      "kept: see that Redis is well (lrn doctor --queue), and run the same command again";
    onGivenUp(new StoppedError(message));
  };
  return {
    get isThere() {
      return timer !== undefined;
    },
    begins(what) {
      if (timer || isOver) return;
      onNote(`Trouble with ${shownQueue(address)}: ${what}; trying again and again.`);
      timer = setTimeout(() => giveUp(what), patience);
    },
    ends() {
      if (!timer || isOver) return;
      clearTimeout(timer);
      timer = undefined;
      onNote(`The trouble with ${shownQueue(address)} is over.`);
      onOver();
    },
    close() {
      clearTimeout(timer);
      isOver = true;
    },
  };
}
