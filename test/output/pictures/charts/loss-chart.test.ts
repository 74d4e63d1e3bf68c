import { describe, expect, it } from "vitest";
import { evenTicks, logAxis, ticksBetween } from "#lrn/output/axis-ticks.js";
import { type LossRow, lossChart } from "#lrn/output/pictures/charts/loss-chart.js";

const REFERENCES = [
  { name: "converged", rmse: 0.07 },
  { name: "best constant", rmse: 0.2717 },
] as const;

function rows(rmses: readonly number[]): LossRow[] {
  return rmses.map((rmse, i) => ({ epoch: i + 1, rmse, of: "all samples" }));
}

/** The vertical domains, from above, and which rules stand in each. */
function panelsOf(rmses: readonly number[]) {
  const chart = lossChart(rows(rmses), REFERENCES, "units of t") as unknown as {
    vconcat?: unknown[];
  };
  return (chart.vconcat ?? [chart]).map((panel) => {
    const { encoding, layer } = panel as {
      encoding: { y: { scale: { domain: [number, number] } } };
      layer: { mark: { type: string }; data: { values: { rmse: number }[] } }[];
    };
    return {
      domain: encoding.y.scale.domain,
      rules: layer
        .filter(({ mark }) => mark.type === "rule")
        .map(({ data }) => data.values[0].rmse),
      losses: layer
        .filter(({ mark }) => mark.type === "line")
        .flatMap(({ data }) => data.values.map(({ rmse }) => rmse)),
    };
  });
}

describe("the loss chart", () => {
  it.each([
    ["that falls far", [0.3, 0.1, 2e-7]],
    ["that has spikes", [0.28, 41, 0.27]],
    ["of one epoch", [0.31]],
    ["that barely falls", [0.2785, 0.2717, 0.2717]],
    ["that never changes", [0.5, 0.5, 0.5]],
    ["that comes close", [0.24, 0.2, 0.077]],
  ])("of a loss %s covers every loss and both lines", (_, rmses) => {
    const panels = panelsOf(rmses);
    for (const { domain, rules, losses } of panels) {
      for (const value of [...rules, ...losses]) {
        expect(value).toBeGreaterThan(domain[0]);
        expect(value).toBeLessThan(domain[1]);
      }
    }
    expect(panels.flatMap(({ losses }) => losses)).toEqual(rmses);
    expect(panels.flatMap(({ rules }) => rules).toSorted()).toEqual([0.07, 0.2717]);
  });

  it("breaks its axis where one down to the threshold would show a flat line", () => {
    const [close, foot] = panelsOf([0.2785, 0.2717, 0.2717]);
    // What changes takes more than half of the panel.
    expect((0.2785 - 0.2717) / (close.domain[1] - close.domain[0])).toBeGreaterThan(0.5);
    expect(foot.rules).toEqual([0.07]);
    expect(panelsOf([0.3, 0.05])).toHaveLength(1);
  });
});

describe("a logarithmic axis", () => {
  it.each([
    [
      [0.03, 0.8],
      [0.02, 1],
    ],
    [
      [0.0101, 0.99],
      [0.01, 1],
    ],
    [
      [2e-7, 0.3],
      [1e-7, 0.5],
    ],
    [[0.07], [0.05, 0.1]],
  ])("of %j ends at %j", (values, domain) => {
    expect(logAxis(values).domain).toEqual(domain);
  });

  it("has from two to seven ticks, all inside", () => {
    for (let low = -8; low < 0; low++) {
      for (let high = low + 1; high < 2; high++) {
        const ticks = ticksBetween(10 ** low, 10 ** high);
        expect(ticks.length, `${low} to ${high}`).toBeGreaterThanOrEqual(2);
        expect(ticks.length, `${low} to ${high}`).toBeLessThanOrEqual(7);
      }
    }
    expect(ticksBetween(0.02, 1)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  });

  it("or even ticks, where it is short", () => {
    expect(evenTicks(0.2709, 0.2793)).toEqual([0.272, 0.274, 0.276, 0.278]);
  });
});
