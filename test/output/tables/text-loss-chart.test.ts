import { describe, expect, it } from "vitest";
import { lossChart } from "#lrn/output/tables/text-loss-chart.js";

const of = (rmse: (epoch: number) => number, epochs = 3000) =>
  Float64Array.from({ length: epochs }, (_, epoch) => rmse(epoch));

const ticks = (chart: string) => [...chart.matchAll(/^ *([\d.e-]+)┤/gm)].map(([, tick]) => tick);
const epochs = (chart: string) => chart.split("\n").at(-2)!.trim().split(/\s+/);

describe("the loss chart", () => {
  it.each([60, 80, 120])("falls from the first epochs' RMSE, at %i columns", (columns) => {
    const chart = lossChart(
      of((e) => 0.2 + 0.1 / (1 + e / 50)),
      0.07,
      columns,
    );
    expect(chart).toMatchSnapshot();
    expect(Math.max(...chart.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it("has round ticks", () => {
    const chart = lossChart(
      of((e) => (e < 100 ? 0.2737 : 0.2)),
      0.07,
      80,
    );
    expect(ticks(chart)).toEqual(["0.3", "0.2", "0.1", "0"]);
    expect(epochs(chart)).toEqual(["0", "500", "1000", "1500", "2000", "2500"]);
    expect(
      epochs(
        lossChart(
          of((e) => 0.2 + e, 7),
          0.07,
          80,
        ),
      ),
    ).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
  });

  it("is logarithmic where the RMSE falls to less than a tenth, and says so", () => {
    const chart = lossChart(
      of((e) => 0.3 * 0.995 ** e + 2e-4),
      0.07,
      80,
    );
    expect(chart).toMatch(/^RMSE per epoch, logarithmic;/);
    expect(ticks(chart)).toEqual(["0.1", "0.01", "0.001"]);
    expect(
      lossChart(
        of(() => 0.3),
        0.07,
        80,
      ),
    ).not.toContain("logarithmic");
  });

  it("has the threshold as a line, also above all that is drawn", () => {
    expect(
      lossChart(
        of(() => 0.3),
        0.07,
        80,
      ),
    ).toMatch(/┤?┄{40}/);
    const low = lossChart(
      of(() => 0.03),
      0.07,
      80,
    );
    expect(low.indexOf("┄┄┄")).toBeLessThan(low.indexOf("━━━"));
    expect(low).toContain("┄ 0.07, at or below which a trial has converged");
  });

  it("leaves out what overflowed", () => {
    const rmse = Float64Array.of(0.2, 0.4, Number.POSITIVE_INFINITY, Number.NaN);
    expect(lossChart(rmse, 0.07, 80)).not.toMatch(/NaN|Infinity/);
    expect(lossChart(rmse.subarray(2), 0.07, 80)).toBe(
      "RMSE per epoch: needs two epochs without overflow to be drawn",
    );
    expect(lossChart(Float64Array.of(0, 0, 0), 0.07, 80)).toContain("0.07");
  });
});
