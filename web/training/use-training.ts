/** A training for a view: the latest that was asked for, and the one before it until it is there. */
import { useEffect, useRef, useState } from "preact/hooks";
import { trialText } from "../../src/model/key-text.js";
import type { Trial } from "../../src/model/trial.js";
import type { Trainer } from "./page-trainer.js";
import type { Watched } from "./watched.js";

export interface Shown {
  /** The latest that is there. */
  readonly value: Watched | undefined;
  /** What the engine said instead. */
  readonly failure: string | undefined;
  /** Whether another is on its way. */
  readonly isWaiting: boolean;
}

interface Asked {
  readonly name: string;
  readonly ask: (signal: AbortSignal) => Promise<Watched>;
}

/**
 * Asks for one at a time: of those that are asked for meanwhile only the latest follows.
 *
 * @param isWanted where it is not, nothing is asked for and the latest stays
 */
export function useTraining(trainer: Trainer, trial: Trial, epoch: number, isWanted = true): Shown {
  const [shown, show] = useState<{ name: string; value?: Watched; failure?: string }>({ name: "" });
  const name = isWanted ? `${trialText(trial, "")} after ${epoch}` : shown.name;
  const wanted = useRef<Asked | undefined>(undefined);
  const busy = useRef<AbortController | undefined>(undefined);
  if (isWanted) wanted.current = { name, ask: (signal) => trainer.watch(trial, epoch, signal) };
  useEffect(() => {
    if (name === shown.name) return;
    busy.current?.abort();
    const follow = async () => {
      if (busy.current) return;
      for (let done = ""; wanted.current && done !== wanted.current.name; ) {
        const { name: asked, ask } = wanted.current;
        const controller = new AbortController();
        busy.current = controller;
        const result = await ask(controller.signal).then(
          (value) => ({ value }),
          (error: Error) => ({ failure: error.message }),
        );
        done = asked;
        const isLatest = wanted.current?.name === asked;
        if (wanted.current && (isLatest || "value" in result)) {
          show((before) => ({ value: before.value, name: asked, ...result }) as typeof before);
        }
      }
      busy.current = undefined;
    };
    void follow();
  }, [name]);
  useEffect(
    () => () => {
      wanted.current = undefined;
      busy.current?.abort();
    },
    [],
  );
  return {
    value: shown.value,
    failure: shown.name === name ? shown.failure : undefined,
    isWaiting: shown.name !== name,
  };
}
