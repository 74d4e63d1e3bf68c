import { describe, expect, it } from "vitest";
import { chartSvg } from "#lrn/output/pictures/charts/chart-svg.js";
import type { Plot, PlotPanel } from "#lrn/output/pictures/charts/plot-panels.js";
import { positionScale, valueScale } from "#lrn/output/pictures/charts/plot-scale.js";
import { plotSpec } from "#lrn/output/pictures/charts/plot-spec.js";
import { textWidth } from "#lrn/output/pictures/svg-renderer.js";

const text = { title: "T", subtitle: [], smallPrint: "P", textWidth };
const value = { title: "Share converged", scale: valueScale("linear", [0, 1], 1), percent: true };
const names = (count: number) => Array.from({ length: count }, (_, i) => `remedy ${i}`);

function panelOf(series: readonly string[], places: readonly number[], title = ""): PlotPanel {
  const marks = series.flatMap((name, i) =>
    places.map((at) => ({ at, series: name, value: i / series.length, low: 0, high: 1 })),
  );
  return { title, marks, order: places };
}

function linesOf(series: readonly string[]): Plot {
  const position = {
    kind: "number",
    title: "Depth",
    scale: positionScale("linear", [2, 5]),
  } as const;
  return {
    rows: [{ value, panels: [panelOf(series, [2, 5])] }],
    position,
    seriesTitle: "Grid",
    series,
  };
}

function textsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, content]) => content);
}

describe("series", () => {
  it("up to eight have a legend, more their names at their lines' ends; each name stands there once", async () => {
    for (const count of [2, 8, 9, 20]) {
      const texts = textsIn(await chartSvg(plotSpec(linesOf(names(count)), text)));
      for (const name of names(count))
        expect(texts.filter((each) => each === name)).toHaveLength(1);
      expect(texts.includes("Grid:")).toBe(count <= 8);
    }
  });

  it("that have no name of their own have no legend", async () => {
    expect(textsIn(await chartSvg(plotSpec(linesOf([""]), text)))).not.toContain(":");
  });

  it("are told apart, up to eight of them in grey and without lines too", async () => {
    const spec = plotSpec(linesOf(names(20)), text) as never as {
      vconcat: {
        hconcat: { layer: { encoding: Record<string, { scale?: { range: unknown[] } }> }[] }[];
      }[];
    };
    const [, line, point] = spec.vconcat[0].hconcat[0].layer;
    const ranges = [line.encoding.color, line.encoding.strokeDash, point.encoding.shape];
    const looks = names(20).map((_, i) => JSON.stringify(ranges.map((of) => of.scale!.range[i])));
    expect(new Set(looks).size).toBe(20);
    const grey = names(8).map((_, i) =>
      JSON.stringify([ranges[2]].map((of) => of.scale!.range[i])),
    );
    expect(new Set(grey).size).toBe(8);
  });
});

it("names of dots are broken at dashes, and so are panels' titles", async () => {
  const long = "abs-200-seedrandom-7-scale-0.001-standardized-inputs-tested-on-1000";
  const position = { kind: "names", title: "Dataset", names: ["abs", long] } as const;
  const panels = [
    panelOf([""], [0, 1], long),
    panelOf([""], [0, 1], long),
    panelOf([""], [0, 1], long),
  ];
  const plot = { rows: [{ value, panels }], position, seriesTitle: "", series: [""] };
  const svg = await chartSvg(plotSpec(plot, text));
  expect(svg).not.toContain(long);
  expect(svg).toContain(">abs-200-seedrandom-");
  expect(svg).toContain(">abs<");
});
