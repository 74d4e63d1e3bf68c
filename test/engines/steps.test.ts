import { expect, it } from "vitest";
import { samplesOfEpoch } from "#lrn/engines/steps.js";

it("shows an epoch one sample after the other, or all of them", () => {
  const seen = (trainingStyle: "iterative" | "batch") =>
    [0, 1, 19, 20, 2999].map((epoch) => samplesOfEpoch({ trainingStyle }, 20, epoch));
  expect(seen("iterative")).toEqual([
    [0, 1],
    [1, 2],
    [19, 20],
    [0, 1],
    [19, 20],
  ]);
  expect(seen("batch")).toEqual([0, 1, 2, 3, 4].map(() => [0, 20]));
});
