import { expect, it } from "vitest";
import { confidenceSequence } from "#lrn/analysis/confidence-sequence.js";
import {
  fewestTrialsFor,
  isEnough,
  isNarrow,
  looksFor,
  mostTrialsFor,
} from "#lrn/analysis/sampling-until-narrow.js";

function looksTo(width: number, most: number): number[] {
  const looks: number[] = [];
  for (const look of looksFor(width)) {
    if (look > most) return looks;
    looks.push(look);
  }
  return looks;
}

it("looks at these numbers of trials and no others, for stores depend on them", () => {
  expect(looksTo(0.9, 400)).toEqual([
    ...[8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128],
    ...[144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384],
  ]);
  expect(looksTo(0.05, 300)).toEqual([160, 176, 192, 208, 224, 240, 256, 288]);
});

it.each([0.5, 0.1, 0.05])(
  "begins as soon as it can be as narrow as %d, and ends when it must",
  (width) => {
    const looks = looksTo(width, mostTrialsFor(width));
    expect(looks[0]).toBe(fewestTrialsFor(width));
    expect(isNarrow(0, looks[0], width)).toBe(true);
    expect(isNarrow(0, looks[0] - 16, width)).toBe(false);
    const last = looks.at(-1)!;
    for (let k = 0; k <= last; k += 1) expect(isNarrow(k, last, width), `${k}`).toBe(true);
    expect(isNarrow(looks.at(-2)! / 2, looks.at(-2)!, width)).toBe(false);
  },
);

it("is enough at a look with a narrow interval, and not between two", () => {
  expect(isEnough(0, 160, 0.05)).toBe(true);
  expect(isEnough(0, 161, 0.05)).toBe(false);
  expect(isEnough(80, 160, 0.05)).toBe(false);
  expect(isEnough(0, 0, 0.05)).toBe(false);
});

it("covers the rate at least as often as it says where it ends, at whatever rate", () => {
  for (const p of [0.01, 0.05, 0.35, 0.9]) {
    let [covered, total] = [0, 0];
    for (const { successes, trials, chance } of ends(p, 0.2)) {
      const { low, high } = confidenceSequence(successes, trials);
      expect(high - low).toBeLessThanOrEqual(0.2);
      total += chance;
      if (low <= p && p <= high) covered += chance;
    }
    expect(total).toBeCloseTo(1, 10);
    expect(covered, `p = ${p}`).toBeGreaterThanOrEqual(0.95);
  }
});

/** Every count that ends a cell, with its probability, by going through the trials one at a time. */
function ends(p: number, width: number) {
  const ended: { successes: number; trials: number; chance: number }[] = [];
  let going = [1];
  let trials = 0;
  for (const look of looksFor(width)) {
    for (; trials < look; trials++) {
      going = [...going, 0].map((chance, k) => chance * (1 - p) + (going[k - 1] ?? 0) * p);
    }
    going = going.map((chance, successes) => {
      if (!isNarrow(successes, trials, width)) return chance;
      ended.push({ successes, trials, chance });
      return 0;
    });
    if (look === mostTrialsFor(width)) break;
  }
  return ended;
}
