import { describe, expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import {
  drawable,
  leftOut,
  lossRows,
  predictionRows,
  referencesFor,
  trainingCsv,
} from "#lrn/figures/training-rows.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { rmse } from "#lrn/model/outcome.js";
import { type DatasetSpec, THESIS_DATASET, type Trial } from "#lrn/model/trial.js";

function trialOf(given: Partial<Trial> = {}): Trial {
  const network = { depth: 2, width: 2, connection: "plain" } as const;
  const recipe = { optimizer: "sgd", learningRate: 0.01, trainingStyle: "batch" } as const;
  return { ...cellOf({ ...network, ...recipe, epochs: 3, ...given }), seed: 1 };
}

async function trained(trial: Trial) {
  const [training] = await (await loadEngine("fused")).train({
    trials: [trial],
    recordLosses: true,
  });
  return { trial, training, dataset: makeDataset(trial.dataset) };
}

const TWO_OUTPUTS: DatasetSpec = { ...THESIS_DATASET, function: "abs-sum-difference", samples: 7 };

describe("losses", () => {
  it("of mini-batches are those of each step, and by samples the mean over the last pass", async () => {
    // A rate that moves nothing: each pass sees the network that all samples see at the end.
    const trainingStyle = { name: "mini-batch", size: 8 } as const;
    const trial = trialOf({ trainingStyle, learningRate: 1e-30, epochs: 7 });
    const { training, dataset } = await trained(trial);
    const rows = lossRows(dataset, training, trial);
    const kinds = rows.map(({ epoch, of }) => `${epoch} ${of}`);
    expect(kinds.slice(0, 7)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((at) => `${at} the epoch's mini-batch`),
    );
    expect(kinds.slice(7)).toEqual([3, 4, 5, 6, 7].map((at) => `${at} the last 3 epochs`));
    for (const { rmse: mean } of [rows[7], rows[10]]) {
      expect(mean).toBeCloseTo(rmse(dataset, training.predictions), 6);
    }
  });

  it("of all samples are one line, and one of a pass that is not over there is none of", async () => {
    const batch = await trained(trialOf());
    const ofBatch = lossRows(batch.dataset, batch.training, batch.trial);
    expect(new Set(ofBatch.map(({ of }) => of))).toEqual(new Set(["all samples"]));
    const { dataset, training, trial } = await trained(trialOf({ trainingStyle: "iterative" }));
    expect(lossRows(dataset, training, trial).map(({ of }) => of)).toEqual(
      [1, 2, 3].map(() => "the epoch's sample"),
    );
  });

  it("of many epochs are thinned out where the axis has no room, with both ends", () => {
    const losses = new Float32Array(1_000_000).fill(1);
    const rows = lossRows(makeDataset(THESIS_DATASET), { losses } as never, trialOf());
    expect(rows.length).toBeLessThanOrEqual(5000);
    expect(rows.length).toBeGreaterThan(2000);
    expect([rows[0].epoch, rows.at(-1)!.epoch]).toEqual([1, 1_000_000]);
    expect(leftOut(1_000_000, 20)).toEqual([
      "Of the 1,000,000 losses those that the axis tells apart are drawn.",
    ]);
  });

  it("that no axis has are counted", () => {
    const rows = [0, 1, Number.POSITIVE_INFINITY].map((rmse) => ({
      epoch: 1,
      rmse,
      of: "all samples" as const,
    }));
    expect(drawable(rows)).toEqual({
      losses: [rows[1]],
      note: "Losses left out: 1 that are exactly 0, 1 that overflowed.",
    });
  });
});

it.each<[string, DatasetSpec]>([
  ["one output", THESIS_DATASET],
  ["unscaled targets", { ...THESIS_DATASET, standardize: "none" }],
  ["scaled targets", { ...THESIS_DATASET, targetScale: 10 }],
  ["several outputs", TWO_OUTPUTS],
])("the best constant of %s is the RMSE of predicting each mean", (_, spec) => {
  const dataset = makeDataset(spec);
  const outputs = dataset.targetScalings.length;
  const mean = (output: number) =>
    [...dataset.t].filter((_, i) => i % outputs === output).reduce((sum, t) => sum + t, 0) /
    dataset.samples;
  const squares = dataset.t.map((t, i) => (t - mean(i % outputs)) ** 2).reduce((a, b) => a + b, 0);
  const [threshold, best] = referencesFor(dataset, 0.5);
  expect(threshold).toEqual({ name: "converged", rmse: 0.5 });
  expect(best.rmse).toBeCloseTo(Math.sqrt(squares / dataset.t.length), 12);
});

it("targets that are all equal have a best constant of 0, not the deviation that scales them", () => {
  const dataset = { samples: 3, t: Float64Array.of(2, 2, 2) };
  expect(referencesFor(dataset as never, 0.07)[1].rmse).toBe(0);
});

describe("predictions", () => {
  it("are those of each output, by sample, with the targets; the CSV says of which", async () => {
    const { dataset, training } = await trained(trialOf({ dataset: TWO_OUTPUTS }));
    const outputs = predictionRows(dataset, training, ["t1", "t2"]);
    const targets = outputs.map(({ rows }) => rows.filter(({ what }) => what === "target"));
    expect(targets[1].map(({ value }) => value)).toEqual(
      [...dataset.t].filter((_, i) => i % 2 === 1),
    );
    expect(outputs[0].rows[0]).not.toHaveProperty("x");
    const lines = trainingCsv([], [], outputs).trim().split("\n");
    expect(lines[0]).toBe("chart,series,output,epoch,sample,x,value");
    expect(lines).toHaveLength(1 + 2 * 2 * 7);
    expect(lines.at(-1)).toMatch(/^prediction,prediction,t2,,6,,-?[\d.e-]+$/);
  });

  it("of many samples are evenly spread", () => {
    const samples = 3000;
    const dataset = makeDataset({ ...THESIS_DATASET, samples });
    const [{ rows }] = predictionRows(
      dataset,
      { predictions: new Float32Array(samples) } as never,
      ["t"],
    );
    expect(rows).toHaveLength(1000);
    expect([rows[0].sample, rows[2].sample, rows.at(-1)!.sample]).toEqual([0, 6, 2994]);
    expect(leftOut(1, samples)).toEqual(["Of the 3,000 samples one in 6 is drawn."]);
  });
});
