import { expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import type { FigureRequest } from "#lrn/figures/figure.js";
import { trainingFigure } from "#lrn/figures/training-figure.js";
import type { Outcome } from "#lrn/model/outcome.js";
import type { Trial } from "#lrn/model/trial.js";
import { PLAIN } from "#lrn/output/palette.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";
import type { Until } from "#lrn/sweep/plan.js";
import { publishedResults } from "#lrn/thesis/published-results.js";

const VIEW = { columns: 100, colours: PLAIN };
const published = publishedResults.trainingPlots.find(({ figure }) => figure === "4.14")!;

/** A trainer whose trials have these final RMSEs, and that trains what is watched. */
function requestWith(finalRmse: (seed: number) => number): FigureRequest {
  const trialOf = (seed: number) => ({
    seed,
    outcome: { state: "trained", finalRmse: finalRmse(seed), deadNeurons: 0, deadLayers: 0 },
  });
  const trials = {
    search: async (_: unknown, { wanted }: Until, atMost: number) => {
      const all = [...Array(atMost).keys()].map(trialOf);
      const end = all.findIndex(({ outcome }) => wanted(outcome as Outcome));
      return [{ trials: end < 0 ? all : all.slice(0, end + 1), reached: end >= 0 }];
    },
    watch: async (trial: Trial) => {
      const { train } = await loadEngine("fused");
      return (await train({ trials: [trial], recordLosses: true }))[0];
    },
  };
  return { seed: undefined, smallPrint: "", textWidth, trials: async () => trials } as never;
}

it("shows the first seed with the figure's outcome", async () => {
  const request = requestWith((seed) => (seed === 37 || seed === 40 ? 0.07 : 0.2));
  const { text } = await trainingFigure({ ...published, converged: true }, request);
  expect(text(VIEW)).toContain("seed 37;");
  expect(text(VIEW)).not.toContain("none of");
});

it("shows the nearest, and says so, where no seed among the first 1000 converges", async () => {
  const request = requestWith((seed) => (seed === 612 ? 0.0701 : 0.2 + seed / 10_000));
  const { text } = await trainingFigure({ ...published, converged: true }, request);
  expect(text(VIEW)).toContain("seed 612;");
  expect(text(VIEW)).toContain("none of the first 1000 seeds does, this is the nearest");
});

it("and where all of them do though the thesis's did not", async () => {
  const request = requestWith((seed) => (seed === 5 ? 0.06 : 0.01));
  const { text } = await trainingFigure(published, request);
  expect(text(VIEW)).toContain("seed 5;");
  expect(text(VIEW)).toContain("none of the first 1000 seeds fails to, this is the nearest");
});

it("a loss in iterative training is a dot per step and a line over the last 20", async () => {
  const request = requestWith(() => 0.2);
  const { data } = await trainingFigure({ ...published, trainingStyle: "iterative" }, request);
  const { losses } = data as { losses: { epoch: number; rmse: number; of: string }[] };
  const steps = losses.filter(({ of }) => of === "the epoch's sample");
  const line = losses.filter(({ of }) => of === "the last 20 epochs");
  expect([steps.length, line.length, line[0].epoch]).toEqual([3000, 2981, 19]);
  const squares = steps.slice(0, 20).reduce((sum, { rmse }) => sum + rmse ** 2, 0);
  expect(line[0].rmse).toBeCloseTo(Math.sqrt(squares / 20), 12);
});
