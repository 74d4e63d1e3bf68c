/** What a chart of networks born dead shows: the shares that were counted, and the bounds over the same range. */
import { applicableBounds, type Bound, closestBounds } from "../analysis/applicable-bounds.js";
import { makeDataset, type Points } from "../model/dataset.js";
import { grouped } from "../model/grouped.js";
import type {
  BetweenBounds,
  BornDeadChart,
  BornDeadPanel,
  BornDeadPoint,
  BoundName,
  BoundPoint,
} from "../output/pictures/charts/born-dead-chart.js";
import type { Risk } from "../runs/born-dead.js";
import { labelOf } from "../runs/newborn-kinds.js";
import type { ChartAxes } from "./born-dead-axes.js";

/** Lines are drawn through so many places, or a few more. */
const PLACES = 100;

/** To each side of a name. */
const HALF = 0.3;

/** Of the range, to each side of a number at which alone a bound holds. */
const HALF_OF_RANGE = 0.012;

export function bornDeadChart(risks: readonly Risk[], axes: ChartAxes): BornDeadChart {
  const { x, numbers, series, panels } = axes;
  const names = numbers ? [] : unique(risks.map((risk) => labelOf(risk, [x])));
  const placeOf = (risk: Risk) =>
    numbers ? Number(risk.newborn[x]) : names.indexOf(labelOf(risk, [x]));
  const seriesOf = (risk: Risk) => (series ? labelOf(risk, [series]) : "");
  const places = risks.map(placeOf);
  const domain = [Math.min(...places), Math.max(...places)] as const;
  const shown = [...grouped(risks, (risk) => labelOf(risk, panels))].map(([title, within]) => {
    const lines = [...grouped(within, seriesOf)].flatMap(([name, alike]) =>
      numbers
        ? boundsOver(name, alike[0], x as "depth" | "width", domain)
        : alike.flatMap((risk) => boundsAt(name, risk, placeOf(risk))),
    );
    const points = within.map((risk) => pointOf(risk, placeOf(risk), seriesOf(risk)));
    return { title, points, ...lines.reduce(joined, NOTHING) } satisfies BornDeadPanel;
  });
  return {
    panels: shown,
    axis: {
      title: numbers ? AXIS_TITLES[x as "depth" | "width"] : "",
      domain: numbers ? domain : [-0.5, names.length - 0.5],
      ...(!numbers && { labels: names }),
    },
    series: unique(risks.map(seriesOf)),
    bounds: namesOf(risks, shown),
  };
}

const AXIS_TITLES = { depth: "Depth (hidden layers)", width: "Width (neurons per hidden layer)" };

type Lines = Pick<BornDeadPanel, "lines" | "between">;

const NOTHING: Lines = { lines: [], between: [] };

function joined(one: Lines, other: Lines): Lines {
  return {
    lines: [...one.lines, ...other.lines],
    between: [...one.between, ...other.between],
  };
}

function pointOf({ counts, bounds }: Risk, x: number, series: string): BornDeadPoint {
  const { rate, rateLow: low, rateHigh: high } = counts;
  return { x, series, rate, low, high, meets: meetsBounds({ counts, bounds }) };
}

/** Whether the share's interval reaches what theory allows; true where that says nothing. */
export function meetsBounds({ counts, bounds }: Pick<Risk, "counts" | "bounds">): boolean {
  const { atLeast, atMost } = closestBounds(bounds);
  return (
    (atLeast === null || counts.rateHigh >= atLeast) &&
    (atMost === null || counts.rateLow <= atMost)
  );
}

/** Of networks like this one, at all whole numbers of a range or at a hundred of them. */
function boundsOver(
  series: string,
  { newborn }: Risk,
  axis: "depth" | "width",
  [low, high]: readonly [number, number],
): Lines[] {
  const points = makeDataset(newborn.dataset);
  const step = Math.max(1, Math.floor((high - low) / PLACES));
  const places = unique([
    ...Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step),
    high,
  ]);
  const found = places.map((x) => boundsAlone(series, x, { ...newborn, [axis]: x }, points));
  const all = found.reduce(joined, NOTHING);
  return [{ ...all, lines: wideEnough(all.lines, HALF_OF_RANGE * (high - low)) }];
}

function boundsAlone(series: string, x: number, newborn: Risk["newborn"], points: Points): Lines {
  return linesOf(applicableBounds(newborn, points), { x, series, stretch: 0 });
}

/** Of one kind of networks, to both sides of its name. */
function boundsAt(series: string, { bounds }: Risk, x: number): Lines[] {
  return [x - HALF, x + HALF].map((end) => linesOf(bounds, { x: end, series, stretch: x }));
}

function linesOf(
  bounds: readonly Bound[],
  place: Pick<BoundPoint, "x" | "series" | "stretch">,
): Lines {
  const { atLeast: least, atMost: most } = closestBounds(bounds);
  const holding = bounds.filter(({ of, value }) => of === "born dead" && value !== null);
  return {
    lines: holding.map((bound) => ({ ...place, bound: nameOf(bound), value: bound.value! })),
    between: least === null || most === null ? [] : [{ ...place, least, most } as BetweenBounds],
  };
}

/** A line of one place would not be seen. */
function wideEnough(lines: readonly BoundPoint[], half: number): BoundPoint[] {
  return [...grouped(lines, ({ bound }) => bound).values()].flatMap((places) =>
    places.length > 1
      ? places
      : [-half, half].map((beside) => ({ ...places[0], x: places[0].x + beside })),
  );
}

/** In the order of the rules, of which the loosest come first; those alone that are drawn. */
function namesOf(risks: readonly Risk[], panels: readonly Lines[]): BoundName[] {
  const drawn = new Set(panels.flatMap(({ lines }) => lines.map(({ bound }) => bound)));
  const all = new Map(risks[0].bounds.map((bound) => [nameOf(bound), bound.says]));
  return [...all].filter(([name]) => drawn.has(name)).map(([name, says]) => ({ name, says }));
}

/** `at most 1 − (1 − 2⁻ᴺ)ᴴ` */
export function nameOf({ says, formula }: Pick<Bound, "says" | "formula">): string {
  return `${says} ${typeset(formula)}`;
}

/** `2^-N` as `2⁻ᴺ`, and so that no line breaks within a formula. */
export function typeset(formula: string): string {
  return formula
    .replace(/\^(-?(?:\([^)]*\)|\w+))/g, (_, power: string) =>
      [...power.replace(/^\((.*)\)$/, "$1")].map((sign) => RAISED[sign]).join(""),
    )
    .replaceAll("-", "−")
    .replace(/(?<!,) /g, "\u00a0");
}

const RAISED: Readonly<Record<string, string>> = {
  ...{ "-": "⁻", "(": "⁽", ")": "⁾", "1": "¹", N: "ᴺ", H: "ᴴ" },
};

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
