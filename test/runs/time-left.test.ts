import { expect, it } from "vitest";
import { timeLeft } from "#lrn/runs/time-left.js";

const left = (seconds: number) => ({ trials: 1, seconds });

it("begins with the model's estimate, shared by the workers", () => {
  expect(
    timeLeft(
      () => 2,
      () => 0,
    )(0, left(240)),
  ).toBe(120);
});

it.each([0.3, 1, 4])(
  "comes to what is measured on a machine that takes %f times as long",
  (factor) => {
    let now = 0;
    const secondsLeft = timeLeft(
      () => 2,
      () => now,
    );
    secondsLeft(0, left(240));
    let estimate = 0;
    for (let done = 1; done <= 40; done++) {
      now += 1000 * factor;
      estimate = secondsLeft(8, left(240 - 2 * done)); // two workers do two seconds' work in one
    }
    expect(estimate).toBeGreaterThan(80 * factor * 0.85);
    expect(estimate).toBeLessThan(80 * factor * 1.15);
  },
);

it("takes a longer plan for no training", () => {
  let now = 0;
  const secondsLeft = timeLeft(
    () => 1,
    () => now,
  );
  secondsLeft(0, left(10));
  now = 5000;
  secondsLeft(8, left(5));
  expect(secondsLeft(0, left(100))).toBeCloseTo(100);
});
