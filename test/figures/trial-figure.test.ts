import { describe, expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { trialFigure } from "#lrn/figures/trial-figure.js";
import { trialNetwork } from "#lrn/figures/trial-network.js";
import { whyNotDrawn } from "#lrn/output/pictures/whether-drawn.js";
import { cellOf } from "#lrn/model/cells.js";
import { THESIS_DATASET, type Trial } from "#lrn/model/trial.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";
import { trainForReport } from "#lrn/runs/trial-report.js";

async function reportOf(given: Partial<Trial>, threshold = 0.07) {
  const network = { depth: 3, width: 2, connection: "plain" } as const;
  const recipe = { optimizer: "adam", learningRate: 0.01, trainingStyle: "batch" } as const;
  const trial = { ...cellOf({ ...network, ...recipe, epochs: 3, ...given }), seed: 1 };
  return trainForReport(await loadEngine("fused"), trial, threshold);
}

/** The texts of a picture, in one line. */
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)]
    .map(([, text]) => text.replace(/<[^>]*>/g, " ").trim())
    .join(" ");

describe("a trial's training", () => {
  const draw = async (...of: Parameters<typeof reportOf>) =>
    textsOf((await trialFigure(await reportOf(...of), "lrn trial", textWidth)).svg);

  it("has its predictions by sample and by x, its threshold and how it was trained", async () => {
    const text = await draw({ activation: "gelu" }, 0.2);
    expect(text).toContain("A plain network of depth 3 does not converge");
    expect(text).toMatch(/adam, learning rate 0.01, batch, 3 epochs, gelu; seed 1; engine fused/);
    expect(text).toMatch(/0\.2: converged/);
    for (const part of [
      "RMSE, in units of t",
      "Prediction by sample",
      "Prediction by x",
      "lrn trial",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("of several inputs and outputs has a panel per output, by sample only", async () => {
    const text = await draw({ dataset: { ...THESIS_DATASET, function: "abs-sum-difference" } });
    expect(text).toContain("RMSE, in original units");
    expect(text).toContain("Prediction of t1 by sample");
    expect(text).toContain("Prediction of t2 by sample");
    expect(text).not.toContain("by x");
  });

  it("that one step diverges from has the loss before it, and says what is left out", async () => {
    const text = await draw({ learningRate: 1000, optimizer: "sgd", epochs: 100 });
    expect(text).toContain("A plain network of depth 3 diverges");
    expect(text).toMatch(/Losses left out: \d+ that overflowed\./);
    expect(text).toContain("Predictions left out: 20 that overflowed.");
  });

  it("of one epoch, and with a threshold that no axis has room for, is drawn too", async () => {
    const text = await draw({ epochs: 1 }, 1000);
    expect(text).toContain("The RMSE of a converged trial, at most 1000, is far above.");
    expect(text).not.toContain(": converged");
    expect(text).toContain(": best constant");
  });
});

describe("a trial's network", () => {
  const draw = async (given: Partial<Trial>) =>
    trialNetwork(await reportOf(given), "lrn trial", textWidth);

  it("has a cross for each dead neuron, and a row per neuron in its CSV", async () => {
    const report = await reportOf({ depth: 12, seed: 3 });
    const { svg, csv } = trialNetwork(report, "lrn trial", textWidth);
    const { neurons } = report.dead;
    expect(neurons).toBeGreaterThan(0);
    expect(svg.split('stroke="#c00000"').length - 1).toBe(neurons + 1); // one in the legend
    expect(csv.match(/,dead$/gm)).toHaveLength(neurons);
    expect(csv.trim().split("\n")).toHaveLength(1 + 24);
    expect(textsOf(svg)).toContain("Dead is a neuron whose output is 0 for all 20 samples.");
  });

  it.each([
    ["residual", "A dashed arc leads past a layer"],
    ["dense", "also read the input and all layers below"],
    ["late-residual-frozen", "Hidden layers are not trained"],
  ] as const)("that is %s says what is drawn of it", async (connection, note) => {
    expect(textsOf((await draw({ connection })).svg)).toContain(note);
  });

  it("is not drawn where a picture has no room for it", () => {
    const network = { depth: 2, width: 2, connection: "plain" } as const;
    expect(whyNotDrawn(network)).toBeUndefined();
    expect(whyNotDrawn({ ...network, depth: 100 })).toBeUndefined();
    expect(whyNotDrawn({ ...network, depth: 101 })).toContain("it has 101 hidden layers");
    expect(whyNotDrawn({ ...network, width: 65 })).toContain("up to 65 neurons in a layer");
    expect(whyNotDrawn({ ...network, width: 60, depth: 3 })).toContain("7,320 weights");
  });
});
