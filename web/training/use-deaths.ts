/** How many neurons are dead at moments of a training, looked at one after the other while the page is used. */
import { useEffect, useState } from "preact/hooks";
import { trialText } from "../../src/model/key-text.js";
import type { Trial } from "../../src/model/trial.js";
import type { Trainer } from "./page-trainer.js";

export interface Deaths {
  readonly trial: Trial;
  /** Epochs done and the neurons that were dead then, rising by epochs. */
  readonly moments: readonly (readonly [epoch: number, dead: number])[];
}

/** So many moments of a training are looked at. */
const MOMENTS = 60;
/** Shown as they come, so many at a time. */
const AT_ONCE = 10;

/** @returns undefined until the first moments of this training are there, and where it is not wanted */
export function useDeaths(trainer: Trainer, trial: Trial, isWanted: boolean): Deaths | undefined {
  const name = `${isWanted} ${trialText(trial, "")}`;
  const [found, show] = useState<{ name: string; deaths: Deaths }>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const look = async () => {
      const moments: [number, number][] = [];
      for (const epoch of isWanted ? momentsOf(trial.epochs) : []) {
        const { dead } = await trainer.watch(trial, epoch, signal);
        if (signal.aborted) return;
        moments.push([epoch, dead.neurons]);
        if (moments.length % AT_ONCE === 0 || epoch === trial.epochs) {
          show({ name, deaths: { trial, moments: [...moments] } });
        }
      }
    };
    // What the engine says against the training is told where the training is shown.
    look().catch(() => {});
    return () => controller.abort();
  }, [name]);
  return found?.name === name ? found.deaths : undefined;
}

/** Epochs from the first to the last, closer to each other at the beginning, where most neurons die. */
function momentsOf(epochs: number): number[] {
  const moments = Array.from({ length: MOMENTS + 1 }, (_, i) =>
    Math.round(epochs * (i / MOMENTS) ** 2),
  );
  return [...new Set(moments)];
}
