/** A training for a view: the latest that was asked for, and the one before it until it is there. */
import { useEffect, useRef, useState } from "preact/hooks";
import { trialText } from "../../src/model/key-text.js";
import type { Trial } from "../../src/model/trial.js";
import type { Trainer } from "./trainer.js";
import type { Watched } from "./watched.js";

export interface Shown<Value> {
  /** The latest that is there. */
  readonly value: Value | undefined;
  /** What the engine said instead. */
  readonly failure: string | undefined;
  /** Whether another is on its way. */
  readonly isWaiting: boolean;
}

/**
 * Asks for one thing at a time: of those that were asked for meanwhile only the latest follows.
 *
 * @param name tells what is asked for from everything else
 */
export function useLatest<Value>(name: string, ask: () => Promise<Value>): Shown<Value> {
  const [shown, show] = useState<{ name: string; value?: Value; failure?: string }>({ name: "" });
  const state = useRef({ wanted: name, ask, isBusy: false, isGone: false });
  Object.assign(state.current, { wanted: name, ask });
  useEffect(() => {
    const { current } = state;
    const next = async () => {
      if (current.isBusy) return;
      current.isBusy = true;
      for (let done = ""; !current.isGone && done !== current.wanted; ) {
        done = current.wanted;
        const result = await current.ask().then(
          (value) => ({ value }),
          (error: Error) => ({ failure: error.message }),
        );
        if (!current.isGone) show({ name: done, ...result });
      }
      current.isBusy = false;
    };
    void next();
  }, [name]);
  useEffect(() => {
    const { current } = state;
    current.isGone = false;
    return () => {
      current.isGone = true;
    };
  }, []);
  return {
    value: shown.value,
    failure: shown.name === name ? shown.failure : undefined,
    isWaiting: shown.name !== name,
  };
}

/** A training as one watches it: another one takes its place once it is there. */
export function useTraining(trainer: Trainer, trial: Trial, epoch: number): Shown<Watched> {
  return useLatest(`${trialText(trial, "")} after ${epoch}`, () => trainer.watch(trial, epoch));
}
