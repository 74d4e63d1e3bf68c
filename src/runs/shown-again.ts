/** A stored trial that is trained again to be shown: whether it ends as it did, or what was replaced in it. */
import { listed } from "../counted.js";
import type { Engine } from "../engines/contract.js";
import { capitalized } from "../model/cells.js";
import type { Outcome } from "../model/outcome.js";
import type { Palette } from "../output/palette.js";
import { visible } from "../output/visible.js";
import { wrapped } from "../output/wrapped.js";
import type { FoundTrial } from "./stored-trial.js";

/**
 * How far two final RMSEs may be from each other where an engine is not bit-stable: a part of the larger, and
 * what float32 rounds predictions of a size of 1 or so by.
 */
const ROUNDING = { relative: 0.001, absolute: 1e-6 };

/** A number that does not come out as it is stored. */
export interface Difference {
  readonly what: string;
  readonly stored: string;
  readonly again: string;
}

export interface ShownAgain {
  readonly found: FoundTrial;
  /** What of the trial was replaced: `seed 3 instead of seed 0`. Where anything was, nothing is compared. */
  readonly replaced: readonly string[];
  /** What was compared exactly, or to rounding; null where nothing was. */
  readonly compared: "exactly" | "to rounding" | null;
  readonly differences: readonly Difference[];
}

/** What a training gave, by which engine, and the key that its trial has there. */
interface Trained {
  readonly key: string;
  readonly engine: Engine;
  readonly outcome: Outcome;
}

/** @param replaced what of the trial is not as it is stored */
export function shownAgain(
  { key, engine, outcome }: Trained,
  found: FoundTrial,
  replaced: readonly string[],
): ShownAgain {
  if (replaced.length > 0) return { found, replaced, compared: null, differences: [] };
  const { stored } = found;
  const compared = engine.bitStable && key === stored.key ? "exactly" : "to rounding";
  const differences = differencesOf(stored.outcome, outcome, compared === "exactly");
  return { found, replaced, compared, differences };
}

function differencesOf(stored: Outcome, again: Outcome, exactly: boolean): Difference[] {
  if (stored.state !== "trained" || again.state !== "trained") {
    const same = stored.state === again.state;
    return same ? [] : [{ what: "state", stored: stateOf(stored), again: stateOf(again) }];
  }
  const numbers = [
    ["final RMSE", "finalRmse"],
    ["dead neurons", "deadNeurons"],
    ["dead layers", "deadLayers"],
  ] as const;
  return numbers.flatMap(([what, name]) => {
    const [before, now] = [stored[name], again[name]];
    const near = name === "finalRmse" && isNear(before, now);
    if (before === now || (near && !exactly)) return [];
    return [{ what, stored: String(before), again: String(now) }];
  });
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= ROUNDING.relative * Math.max(a, b) + ROUNDING.absolute;
}

function stateOf(outcome: Outcome): string {
  return outcome.state === "failed" ? `failed (${outcome.reason})` : outcome.state;
}

/** @param columns how many characters a line of the terminal has */
export function againText(again: ShownAgain, colours: Palette, columns: number): string {
  const { found, replaced, compared, differences } = again;
  const folder = visible(found.folder);
  const key = found.stored.key.slice(0, 12);
  if (replaced.length > 0) {
    const what = `The trial ${key}… of ${folder} with ${listed(replaced)}: another trial, compared with nothing.`;
    return wrapped(visible(what), columns);
  }
  const how =
    compared === "exactly"
      ? "to the last bit"
      : `to rounding (final RMSEs within ${ROUNDING.relative * 100} % of each other), for engine ${found.engine} is not bit-stable`;
  if (differences.length === 0) {
    const numbers =
      found.stored.outcome.state === "trained"
        ? "final RMSE, dead neurons and dead layers are"
        : "its state is";
    const text = `As stored in ${folder}: ${numbers} equal ${how}.`;
    return colours.green(wrapped(visible(text), columns));
  }
  const said = differences.map(
    ({ what, stored, again }) => `${what}: stored ${stored}, now ${again}`,
  );
  const text = `Not as stored in ${folder}, compared ${how}. ${capitalized(said.join("; "))}.`;
  return `${colours.red(wrapped(visible(text), columns))}\n${wrapped(visible(remedyOf(again)), columns)}`;
}

function remedyOf({ found: { folder, stored, engine }, compared }: ShownAgain): string {
  if (stored.outcome.state === "failed") {
    return "lrn sweep with the folder's sweep file and --retry-failed trains it again and keeps that.";
  }
  return compared === "exactly"
    ? `lrn check --results ${folder} says what else of the folder was changed, and how to mend it.`
    : `Roundings of ${engine} grow over a long training, so that a few trials end elsewhere in another batch.`;
}

/** For JSON. */
export function againFields({ found, replaced, compared, differences }: ShownAgain) {
  const { key, engine, outcome } = found.stored;
  return {
    stored: { folder: found.folder, key, engine, outcome },
    replaced,
    compared,
    agrees: compared === null ? null : differences.length === 0,
    differences,
  };
}
