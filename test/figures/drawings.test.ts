/** The figures without a plot of a training: what stands in their CSV and below their pictures. */
import { expect, it } from "vitest";
import { makeByKind } from "#lrn/figures/make-by-kind.js";
import { leakyRelu } from "#lrn/model/drawn-activations.js";
import type { Cell, Network, Trial } from "#lrn/model/trial.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";
import { FIGURES } from "#lrn/thesis/figures.js";

function made(id: string, request: object = {}) {
  const figure = FIGURES.find((figure) => figure.id === id)!;
  return makeByKind({ figure, smallPrint: "", textWidth, ...request } as never);
}

function rowsOf(csv: string): string[][] {
  const [, ...lines] = csv.trim().split("\n");
  return lines.map((line) =>
    line.match(/("[^"]*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, "")),
  );
}

it("Figure 2.1 enlarges where both curves of leaky ReLU lie close to 0, and its CSV has them", async () => {
  const { svg, csv } = await made("2.1");
  expect(svg).toContain("Leaky ReLU below 0, enlarged");
  const { value, derivative } = leakyRelu(0.01);
  const enlarged = rowsOf(csv).filter(([name]) => name.includes("enlarged"));
  expect(enlarged.length).toBeGreaterThan(100);
  for (const [, curve, z, drawn] of enlarged) {
    expect(Number(drawn)).toBe((curve === "activation" ? value : derivative)(Number(z)));
    // Inside of the axis, on which the two are at least a sixth of its height apart.
    expect(Math.abs(Number(drawn))).toBeLessThan(0.04);
  }
});

it.each([
  ["3.1", /connections have a colour for each hidden layer/, 16],
  ["3.2", /connections have a colour and dashes for each hidden layer/, 168],
  ["4.21", /reads the last hidden layer only; its connections are coloured/, 20],
])(
  "the caption of Figure %s fits, and its CSV has each hidden neuron",
  async (id, note, neurons) => {
    const { svg, csv } = await made(id);
    expect(svg).toMatch(note);
    const rows = rowsOf(csv);
    expect(rows).toHaveLength(neurons);
    for (const [connection, depth, , , layer, , read] of rows) {
      expect(read === "true").toBe(connection === "late-residual" || layer === depth);
    }
  },
);

it("Figure 4.23's lines end where the intervals of its means do, and its axis has them all", async () => {
  // Of 5 trials 4 converge, with 1, 2, 3 and 4 dead neurons: 2.5 ± 3.182 · 1.2910 / 2.
  const outcomes = [0.2, 0, 0, 0, 0].map((finalRmse, i) => ({
    outcome: { state: "trained", finalRmse, deadNeurons: i, deadLayers: 0 },
  }));
  const trials = async () => ({ of: async (cells: readonly Cell[]) => cells.map(() => outcomes) });
  const { csv, svg, data } = await made("4.23", { seeds: 5, trials });
  const { ours } = data as { ours: { mean: number; low: number; high: number }[] };
  expect(ours).toHaveLength(8);
  for (const { mean, low, high } of ours) {
    expect(mean).toBe(2.5);
    expect(mean - low).toBeCloseTo(2.054, 2);
    expect(high - mean).toBeCloseTo(mean - low, 12);
  }
  expect(
    rowsOf(csv)[0]
      .slice(0, 6)
      .map((cell) => Number(cell) || cell),
  ).toEqual(["ours", 2, "plain", 2.5, ours[0].low, ours[0].high]);
  expect(rowsOf(csv)).toHaveLength(16);
  expect(svg).toContain("4 converged trainings");
});

it("Figure 4.2 shows a converged network with the thesis's dead layers, and of how many it is one", async () => {
  const outcome = (finalRmse: number, deadLayers: number) => ({
    state: "trained",
    finalRmse,
    deadNeurons: 0,
    deadLayers,
  });
  const { loadEngine } = await import("#lrn/engines/load.js");
  const wanted: Record<number, number> = { 5: 2, 10: 6, 15: 12 };
  const trials = async () => ({
    of: async (cells: readonly Network[]) =>
      cells.map(({ depth }) => [
        { seed: 0, outcome: outcome(0.2, wanted[depth]) },
        { seed: 1, outcome: outcome(0.01, wanted[depth] - 1) },
        { seed: 2, outcome: outcome(0.01, wanted[depth]) },
        { seed: 3, outcome: outcome(0.01, wanted[depth]) },
      ]),
    watch: async (trial: Trial) =>
      (await (await loadEngine("fused")).train({ trials: [trial] }))[0],
  });
  const { csv, svg } = await made("4.2", { seeds: 4, trials });
  expect(new Set(rowsOf(csv).map(([, , , seed]) => seed))).toEqual(new Set(["2"]));
  const states = rowsOf(csv).map(([, , , , , , , state]) => state);
  expect(states).toHaveLength(2 * 2 * (5 + 10 + 15));
  // A cross each, and one in the legend.
  const crosses = svg.split('stroke="#c00000"').length - 1;
  expect(states.filter((state) => state === "dead")).toHaveLength(crosses - 1);
  expect(new Set(states)).toEqual(new Set(["alive", "constant", "dead"]));
  // 1, 2 and 2: 1.667 ± 4.303 · 0.5774 / √3.
  expect(svg).toContain("3 of 4 seeds converge, with 1.7 ± 1.4 dead layers");
});
