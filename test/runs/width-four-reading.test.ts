import { expect, it } from "vitest";
import { widthFourReadings } from "#lrn/runs/width-four-reading.js";

it("rules out that Figure 4.22 counts all neurons; the first two of each layer fit", async () => {
  const [all, first] = await widthFourReadings(200);
  expect(all).toMatchObject({ of: "all four neurons of each layer", verdict: "ruled out" });
  expect(first).toMatchObject({ of: "the first two neurons of each layer", verdict: "fits" });
  expect(first.rows.map(({ printed }) => printed)).toEqual([0, 3, 8.75, 12.38]);
  // No mean of three or four networks is 12.38, nor one of three 8.75.
  expect(first.rows.map(({ networks }) => networks)).toEqual([3, 3, 4, 8]);
  // Neurons of a layer are alike at birth, so half of the dead are among the first two, more or less.
  for (const [i, { ours, converged }] of first.rows.entries()) {
    expect(converged).toBeGreaterThan(160);
    expect(ours / all.rows[i].ours).toBeGreaterThan(0.4);
    expect(ours / all.rows[i].ours).toBeLessThan(0.6);
  }
});

it("cannot tell from a few", async () => {
  const verdicts = (await widthFourReadings(5)).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(["cannot tell", "cannot tell"]);
});
