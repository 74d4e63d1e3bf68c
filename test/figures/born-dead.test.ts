/** The picture of `lrn risk`: its rows against formulas written out here, and every layout drawn. */
import { describe, expect, it } from "vitest";
import { applicableBounds } from "#lrn/analysis/applicable-bounds.js";
import { wilsonInterval } from "#lrn/analysis/intervals.js";
import { chartAxes } from "#lrn/figures/born-dead-axes.js";
import { bornDeadCsv, bornDeadPicture } from "#lrn/figures/born-dead-figure.js";
import { bornDeadChart, typeset } from "#lrn/figures/born-dead-rows.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { type DatasetSpec, THESIS_DATASET } from "#lrn/model/trial.js";
import type { Risk } from "#lrn/runs/born-dead.js";
import type { Kind } from "#lrn/runs/newborn-kinds.js";

const NEWBORN: Kind["newborn"] = {
  depth: 4,
  width: 2,
  connection: "plain",
  activation: "relu",
  initialization: "he-normal",
  bias: "scheme",
  dataset: THESIS_DATASET,
};

/** Of 1,000 networks, as many born dead as `rate` says. */
function risk(change: Partial<Kind["newborn"]>, rate = 0.5): Risk {
  const newborn = { ...NEWBORN, ...change };
  const { low, high } = wilsonInterval(1000 * rate, 1000);
  const counts = { networks: 1000, bornDead: 1000 * rate, rate, rateLow: low, rateHigh: high };
  const dead = { deadNeurons: 1, deadLayers: 0.5, firstLayerDead: 0.1 };
  const bounds = applicableBounds(newborn, makeDataset(newborn.dataset));
  return { newborn, connections: [newborn.connection], counts: { ...counts, ...dead }, bounds };
}

const chartOf = (...risks: Risk[]) => bornDeadChart(risks, chartAxes(risks));

const ONE_SIGN: DatasetSpec = { ...THESIS_DATASET, domain: [0.1, 1], standardize: "none" };

describe("which axis goes where", () => {
  it.each<[Partial<Kind["newborn"]>[], ReturnType<typeof chartAxes>]>([
    [[{ depth: 2 }, { depth: 5 }], { x: "depth", numbers: true, series: undefined, panels: [] }],
    [[{ width: 2 }, { width: 4 }], { x: "width", numbers: true, series: undefined, panels: [] }],
    [
      [
        { depth: 2, width: 2 },
        { depth: 5, width: 4 },
      ],
      { x: "depth", numbers: true, series: "width", panels: [] },
    ],
    [
      [{ width: 2 }, { width: 4, initialization: "rai" }],
      { x: "width", numbers: true, series: "initialization", panels: [] },
    ],
    [
      [{ depth: 2 }, { depth: 5, width: 4, initialization: "rai" }],
      { x: "depth", numbers: true, series: "width", panels: ["initialization"] },
    ],
    [
      [{ initialization: "rai" }, { initialization: "pytorch" }],
      { x: "initialization", numbers: false, series: undefined, panels: [] },
    ],
    [[{}], { x: "depth", numbers: false, series: undefined, panels: [] }],
  ])("of %j", (changes, expected) => {
    expect(chartAxes(changes.map((change) => risk(change)))).toEqual(expected);
  });

  it("refuses more than a reader tells apart, before anything is counted", () => {
    const widths = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((width) =>
      [2, 3].map((depth) => risk({ depth, width })),
    );
    expect(() => chartAxes(widths)).toThrow(
      "--out: a chart has at most 7 colours, got 8 (width); give fewer values, or a file that ends in .csv or .json",
    );
  });
});

describe("lines of bounds", () => {
  const chart = chartOf(risk({ depth: 2, width: 3 }), risk({ depth: 9, width: 3 }));
  const [{ lines, between }] = chart.panels;

  it("go through every depth of the range", () => {
    const most = lines.filter(
      ({ bound }) => bound === "at most 1\u00a0−\u00a0(1\u00a0−\u00a02⁻ᴺ)ᴴ",
    );
    expect(most.map(({ x }) => x)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { x, value } of most) expect(value).toBeCloseTo(1 - (7 / 8) ** x, 12);
  });

  it("shade what lies between the closest two", () => {
    expect(between).toHaveLength(8);
    // a = 7/8, b = 1 - 1/4 - 2/64 = 23/32, K = (3/4)(7/8) / (1 + 2/8) = 21/40
    for (const { x, least, most } of between) {
      const [a, b] = [(7 / 8) ** (x - 1), (23 / 32) ** (x - 1)];
      expect(most).toBeCloseTo(1 - a, 12);
      expect(least).toBeCloseTo(1 - a + (21 / 40) * (b - a), 12);
    }
  });

  it("name the looser one above first, and what is exact", () => {
    expect(chart.bounds.map(({ says }) => says)).toEqual(["at most", "at most", "at least"]);
    const one = chartOf(risk({ depth: 2, dataset: ONE_SIGN }), risk({ dataset: ONE_SIGN }));
    expect(one.bounds.map(({ says }) => says)).toEqual(["at most", "exactly"]);
  });

  it("of a single width reach to both sides of it", () => {
    const [{ lines }] = chartOf(risk({ width: 1 }), risk({ width: 6 })).panels;
    const exact = lines.filter(({ bound }) => bound.startsWith("exactly"));
    expect(exact.map(({ x, value }) => [x, value])).toEqual([
      [0.94, 0.875],
      [1.06, 0.875],
    ]);
  });

  it("of long ranges are drawn through a hundred places or so, both ends among them", () => {
    const [{ lines }] = chartOf(risk({ depth: 3 }), risk({ depth: 1000 })).panels;
    const places = [...new Set(lines.map(({ x }) => x))];
    expect([places[0], places.at(-1)]).toEqual([3, 1000]);
    expect(places.length).toBeGreaterThan(90);
    expect(places.length).toBeLessThan(130);
  });

  it("stand at names where neither depth nor width varies", () => {
    const { axis, panels } = chartOf(
      risk({ initialization: "pytorch" }),
      risk({ initialization: "mirrored" }, 0),
    );
    expect(axis.labels).toEqual(["pytorch", "mirrored"]);
    const exact = panels[0].lines.filter(({ bound }) => bound === "exactly 0");
    expect(exact.map(({ x }) => x)).toEqual([0.7, 1.3]);
  });
});

it("sets powers as one writes them", () => {
  expect(typeset("1 - (1 - 2^-N)^(H-1)").replaceAll("\u00a0", " ")).toBe("1 − (1 − 2⁻ᴺ)ᴴ⁻¹");
  expect(typeset("1 - 2^-(H-1)").replaceAll("\u00a0", " ")).toBe("1 − 2⁻⁽ᴴ⁻¹⁾");
  expect(typeset("K = a (1 - 2^(1-N))").replaceAll("\u00a0", " ")).toBe("K = a (1 − 2¹⁻ᴺ)");
});

const LAYOUTS: Record<string, [Risk[], title: string, points: number]> = {
  // 1 - (3/4)^3 = 0.578 at most, for depth 4 and width 2.
  "depths and widths": [
    [
      risk({ depth: 4 }, 0.5),
      risk({ depth: 4, width: 1 }, 0.88),
      risk({ depth: 5, width: 1 }, 0.94),
    ],
    "Born dead as often as theory says, within 95 % intervals, at all 3 points",
    3,
  ],
  "what lies outside": [
    [risk({ depth: 4 }, 0.5), risk({ depth: 5 }, 0.9)],
    "Born dead as often as theory says, within 95 % intervals, at 1 of 2 points",
    2,
  ],
  "panels, one of them without bounds": [
    [
      risk({ depth: 2, width: 3, initialization: "pytorch" }, 0.1),
      risk({ depth: 5 }, 0.6),
      risk({ depth: 5, initialization: "rai" }, 0.1),
    ],
    "Born dead as often as theory says, within 95 % intervals, at all 2 points that have bounds",
    3,
  ],
  names: [
    [risk({ initialization: "pytorch" }, 0.4), risk({ initialization: "mirrored" }, 0)],
    "Born dead as often as theory says, within 95 % intervals, at all 2 points",
    2,
  ],
  "one kind": [[risk({}, 0.9)], "Not born dead as often as theory says, within 95 % intervals", 1],
  "no bound": [
    [risk({ initialization: "rai" })],
    "Networks born dead, for which theory has no bounds here",
    1,
  ],
};

describe.each(Object.entries(LAYOUTS))("a picture of %s", (_, [risks, title, points]) => {
  it("says what one sees, of which networks, and what drew it", async () => {
    const svg = await bornDeadPicture(risks, "lrn risk <&>");
    const text = [...svg.matchAll(/<t(?:ext|span)[^>]*>([^<]+)</g)].map(([, words]) => words);
    const all = text.join(" ").replaceAll("\u00a0", " ");
    expect(all).toContain(title);
    expect(all).toMatch(/20 samples of \[-1, 1\), standardized; 1,000 networks/);
    expect(all).toContain("lrn risk &lt;&amp;&gt;");
    expect(all.includes("hollow where that lies outside")).toBe(/1 of 2|Not/.test(title));
    const marks = svg.matchAll(/<g class="mark-symbol role-mark[^>]*[^/>]>(.*?)<\/g>/g);
    expect([...marks].flatMap(([, inside]) => inside.match(/<path/g) ?? [])).toHaveLength(points);
  });
});

it("writes a row of CSV for each kind, with the bounds that hold for any", () => {
  const [head, first, second] = bornDeadCsv([
    risk({ depth: 3, width: 1 }, 0.7),
    risk({ depth: 3, initialization: "rai" }, 0.25),
  ])
    .trimEnd()
    .split("\n");
  expect(head).toMatch(/^depth,width,activation,initialization,bias,dataset,connections,networks/);
  expect(head).toContain(",at_least,at_most,");
  expect(head).toMatch(/,exactly 1 - 2\^-\(H-1\)$/);
  expect(first).toContain(",plain,1000,700,0.7,");
  expect(first).toMatch(/,0\.875,0\.75,0\.75,0\.75$/);
  expect(second).toMatch(/,,,,$/);
});
