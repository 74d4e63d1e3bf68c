import { expect, it } from "vitest";
import type { StoredTrial } from "#lrn/store/store.js";
import { searchFirstSeeds } from "#lrn/sweep/first-seeds.js";

/** Trials whose seeds are all that is known of them; notes which were asked for. */
function trials() {
  const asked: number[] = [];
  const trialsOf = async (seeds: readonly number[]) => {
    asked.push(...seeds);
    return seeds.map((seed) => ({ seed }) as StoredTrial);
  };
  return { asked, trialsOf };
}

const isOneOf =
  (...seeds: number[]) =>
  ({ seed }: StoredTrial) =>
    seeds.includes(seed);

it.each([
  [[0], 1, 1],
  [[7, 8], 1, 8],
  [[3, 20, 21, 90], 3, 22],
  [[999], 1, 1000],
])("with %j wanted, %i of them are in the first %i seeds", async (wanted, count, length) => {
  const { trialsOf } = trials();
  const found = await searchFirstSeeds(trialsOf, {
    wanted: isOneOf(...wanted),
    count,
    atMost: 1000,
  });
  expect(found.reached).toBe(true);
  expect(found.trials.map(({ seed }) => seed)).toEqual(Array.from({ length }, (_, seed) => seed));
});

it("gives up at the cap, with all that was trained", async () => {
  const { asked, trialsOf } = trials();
  const found = await searchFirstSeeds(trialsOf, { wanted: isOneOf(5, 50), count: 2, atMost: 50 });
  expect(found.reached).toBe(false);
  expect(found.trials).toHaveLength(50);
  expect(asked).toEqual(Array.from({ length: 50 }, (_, seed) => seed));
});

it("trains no more than twice what it needs, and each seed once", async () => {
  const { asked, trialsOf } = trials();
  await searchFirstSeeds(trialsOf, { wanted: isOneOf(100), count: 1, atMost: 1000 });
  expect(asked.length).toBeLessThanOrEqual(2 * 101);
  expect(new Set(asked).size).toBe(asked.length);
});
