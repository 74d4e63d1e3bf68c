/** What the pool of a queue needs of whatever keeps its jobs; `bull-queue.ts` is the one with Redis. */
import type { OtherTrainable } from "./address.js";
import type { Payload } from "./batch.js";

/** How a job ended: with what a worker sent, or with why it failed for good. */
export type End = { readonly result: unknown } | { readonly failed: string };

export interface Presence {
  /** That train what this queue is for, of all workers together. */
  readonly threads: number;
  /** What workers at queues of the same name train instead. */
  readonly others: readonly OtherTrainable[];
}

export interface JobQueue {
  /** Does nothing where there is a job of that name. */
  add(key: string, payload: Payload): Promise<void>;
  look(key: string): Promise<"waiting" | "active" | "gone" | End>;
  /** Jobs that have ended and are not removed, the last first; of very many some. */
  ended(): Promise<readonly string[]>;
  /** Whether it has ended or not. @returns false where a worker is at it, and so it stays */
  remove(key: string): Promise<boolean>;
  presence(): Promise<Presence>;
  close(): Promise<void>;
}

export interface JobEvents {
  /** May come twice, never, or for the jobs of others. */
  onEnd(key: string, end: End): void;
  onLost(): void;
  onBack(): void;
}
