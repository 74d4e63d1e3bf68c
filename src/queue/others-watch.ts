/** The batches of a queue's name that this worker cannot train, told of once for each engine and version. */
import type { Redis } from "ioredis";
import { agreeing } from "../counted.js";
import {
  fullName,
  PREFIX,
  type QueueAddress,
  shownOther,
  shownQueue,
  shownTrainable,
  type Trainable,
  trainableOf,
} from "./address.js";
import { askedKey } from "./bull-queue.js";

const CHECK_MS = 10_000;

interface Watched {
  readonly address: QueueAddress;
  readonly trainable: Trainable;
  readonly onNote: (text: string) => void;
}

/** Looks now and then. @returns what ends it */
export function watchOthers(
  redis: Redis,
  { address, trainable, onNote }: Watched,
): { close(): void } {
  const own = fullName(address.name, trainable);
  const said = new Set<string>();
  const look = async () => {
    for (const queue of await redis.hkeys(askedKey(address.name))) {
      const other = trainableOf(queue, address.name);
      if (!other || queue === own || said.has(queue)) continue;
      const batches = await redis.llen(`${PREFIX}:${queue}:wait`);
      if (batches === 0) continue;
      said.add(queue);
      onNote(
        `${agreeing(batches, ["batch", "batches"])} for ${shownOther(other)} wait in ${shownQueue(address)}. ` +
          `This worker has ${shownTrainable(trainable)} and leaves them to others: start one with --engine ` +
          `${other.engine}, of the same version of lrn and its packages as the sweep's.`,
      );
    }
  };
  const lookQuietly = () => void look().catch(() => {});
  lookQuietly();
  const timer = setInterval(lookQuietly, CHECK_MS);
  return { close: () => clearInterval(timer) };
}
