import { expect, it } from "vitest";
import { chooseTraining } from "#lrn/figures/choose-training.js";
import type { Outcome } from "#lrn/model/outcome.js";
import type { Cell } from "#lrn/model/trial.js";
import type { Until } from "#lrn/sweep/plan.js";
import { FIGURES, type Sought } from "#lrn/thesis/figures.js";

type Trained = { finalRmse: number; deadNeurons?: number; deadLayers?: number };

/** Chooses among trials with these outcomes; `null` is a trial that diverged. */
function choose(sought: Sought, trainedBy: (seed: number) => Trained | null) {
  const all = (count: number) =>
    [...Array(count).keys()].map((seed) => {
      const trained = trainedBy(seed);
      const outcome = trained
        ? { state: "trained", deadNeurons: 0, deadLayers: 0, ...trained }
        : { state: "diverged" };
      return { seed, outcome: outcome as Outcome };
    });
  const trials = {
    of: async (_: unknown, seeds: number) => [all(seeds)],
    search: async (_: unknown, { wanted }: Until, atMost: number) => {
      const end = all(atMost).findIndex(({ outcome }) => wanted(outcome));
      return [{ trials: all(end < 0 ? atMost : end + 1), reached: end >= 0 }];
    },
  };
  return chooseTraining({} as Cell, sought, trials as never);
}

it("where the thesis's converged, the first that did", async () => {
  const { seed, rule } = await choose("converged", (seed) => ({
    finalRmse: seed === 37 || seed === 40 ? 0.07 : 0.2,
  }));
  expect([seed, rule]).toEqual([37, "Shown: of the seeds 0, 1, 2, …, the first that converged."]);
});

it("where none of a thousand did, the one that came nearest, and it says so", async () => {
  const { seed, rule } = await choose("converged", (seed) =>
    seed === 3 ? null : { finalRmse: seed === 612 ? 0.0701 : 0.2 + seed / 10_000 },
  );
  expect(seed).toBe(612);
  expect(rule).toMatch(/of the seeds 0 to 999, none of which converged, the one that came nearest/);
});

it("where the thesis shows a constant, the first with a dead layer that did not converge", async () => {
  const { seed, rule } = await choose("constant", (seed) => {
    if (seed === 4) return { finalRmse: 0.01, deadLayers: 1 };
    return { finalRmse: 0.27, deadLayers: seed === 9 || seed === 12 ? 1 : 0 };
  });
  expect(seed).toBe(9);
  expect(rule).toContain("has a dead layer, which makes its prediction a constant");
});

it("where none has one, that with the most dead neurons, and never one that converged", async () => {
  const { seed, rule } = await choose("constant", (seed) => ({
    finalRmse: seed === 20 ? 0.01 : 0.27,
    deadNeurons: seed === 20 ? 9 : seed === 700 ? 7 : 2,
  }));
  expect(seed).toBe(700);
  expect(rule).toContain("none of which has a dead layer, the one with the most dead neurons");
});

it("where the thesis's is close to converged, the nearest of a thousand that did not converge", async () => {
  const { seed, rule } = await choose("nearly converged", (seed) => {
    if (seed === 0) return null;
    return { finalRmse: seed === 5 ? 0.07 : seed === 310 ? 0.0702 : 0.1 + seed / 10_000 };
  });
  expect(seed).toBe(310);
  expect(rule).toBe(
    "Shown: of the seeds 0 to 999, the one that came nearest to convergence without reaching it.",
  );
});

it("each plot seeks what the thesis reads from its own", () => {
  for (const figure of FIGURES) {
    if (figure.kind !== "training-plot") continue;
    const { says, converged } = figure.published;
    if (converged) expect(figure.sought, figure.id).toBe("converged");
    else if (says.includes("close but not converged")) {
      expect(figure.sought, figure.id).toBe("nearly converged");
    } else {
      expect(says, figure.id).toMatch(/constant/);
      expect(figure.sought, figure.id).toBe("constant");
    }
  }
});
