import { expect, it } from "vitest";
import { LATER_NUMBERS } from "#lrn/model/outcome.js";
import { contradictionsOf } from "#lrn/store/contradictions.js";
import type { StoredTrial } from "#lrn/store/store.js";

const NUMBERS = ["finalRmse", "deadNeurons", "deadLayers", ...LATER_NUMBERS];
const trained = { ...Object.fromEntries(NUMBERS.map((name, i) => [name, i])), thresholdRmse: 0.07 };

function trialOf(outcome: object, fields: Partial<StoredTrial> = {}): StoredTrial {
  const whole = { state: "trained", ...outcome } as StoredTrial["outcome"];
  return { key: "a", seed: 0, engine: "fused", outcome: whole, trainMs: 1, ...fields };
}

const one = trialOf(trained);

it.each(NUMBERS)("another %s contradicts, but none does not", (name) => {
  const found = contradictionsOf(one, trialOf({ ...trained, [name]: 99 }));
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect(found).toEqual([{ what: column, one: NUMBERS.indexOf(name), other: 99 }]);
  expect(contradictionsOf(one, trialOf({ ...trained, [name]: undefined }))).toEqual([]);
});

it("so does another state or key, but neither time nor engine, and nothing that failed", () => {
  expect(contradictionsOf(one, trialOf({ state: "diverged" }))).toEqual([
    { what: "state", one: "trained", other: "diverged" },
  ]);
  expect(contradictionsOf(one, trialOf(trained, { key: "b" }))).toHaveLength(1);
  expect(contradictionsOf(one, trialOf(trained, { trainMs: 9, engine: "reference" }))).toEqual([]);
  const failed = trialOf({ state: "failed", reason: "x" });
  expect(contradictionsOf(one, failed)).toEqual([]);
  expect(contradictionsOf(failed, one)).toEqual([]);
});

it("epochs to converge to another threshold say nothing", () => {
  const other = { ...trained, epochsToConverge: 99, thresholdRmse: 0.2 };
  expect(contradictionsOf(one, trialOf(other))).toEqual([]);
});
