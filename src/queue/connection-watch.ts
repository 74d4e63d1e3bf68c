/** A sweep's connection to Redis: told of when it is lost and when it is back, and given up after a while. */
import { StoppedError } from "../errors.js";
import { type QueueAddress, shownQueue } from "./address.js";
import type { JobEvents } from "./job-queue.js";

export interface ConnectionWatch extends Pick<JobEvents, "onLost" | "onBack"> {
  close(): void;
}

interface Watched {
  /** Milliseconds until a lost connection is given up. */
  readonly lost: number;
  readonly onNote: (text: string) => void;
  readonly onGivenUp: (reason: StoppedError) => void;
  readonly onBack: () => void;
}

export function watchConnection(
  address: QueueAddress,
  { lost, onNote, onGivenUp, onBack }: Watched,
): ConnectionWatch {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const giveUp = () => {
    isOver = true;
    const message =
      `${shownQueue(address)}: the connection is lost, for ${Math.round(lost / 1000)} s by now; what is finished ` +
      "is kept: see that Redis runs, and run the same command again";
    onGivenUp(new StoppedError(message));
  };
  return {
    onLost() {
      if (timer || isOver) return;
      onNote(`The connection to ${shownQueue(address)} is lost; trying to get it back.`);
      timer = setTimeout(giveUp, lost);
    },
    onBack() {
      if (!timer) return;
      clearTimeout(timer);
      timer = undefined;
      onNote("The connection is back.");
      onBack();
    },
    close: () => clearTimeout(timer),
  };
}
