/** Rates of convergence along an axis, a line for each value of another, with 95 % intervals. */
import { useMemo } from "preact/hooks";
import {
  type Dimension,
  fullNames,
  isNumeric,
  labelOf,
  valuesOf,
} from "../../src/analysis/dimensions.js";
import { CONVERGED } from "../../src/analysis/measures.js";
import { type PlotPoint, plotPoints } from "../../src/analysis/plot-points.js";
import { keyOfValue, valueText } from "../../src/model/cells.js";
import { Frame, fine, linePath, rangesOf } from "../charts/frame.js";
import { linearScale, logScale, type Scale } from "../charts/scale.js";
import type { Report } from "../unpack-report.js";

const SIZE = { width: 560, height: 300 } as const;
/** Values that grow by factors stand as far from each other as they grow. */
const LOG_FROM = 100;

interface RatesChartProps {
  readonly report: Report;
  readonly shown: readonly number[];
  readonly along: Dimension;
  /** What tells lines apart; none where there is one. */
  readonly lines: Dimension | undefined;
}

export function RatesChart({ report, shown, along, lines }: RatesChartProps) {
  const { cells, sweep } = report;
  const own = shown.map((index) => ({ cell: cells[index], index }));
  const points = useMemo(
    () =>
      plotPoints(
        own,
        lines === undefined ? [along] : [along, lines],
        [CONVERGED],
        report.trialsOf,
        {
          threshold: sweep.threshold,
          among: "trained",
          asked: sweep.asked,
        },
      ),
    [report, shown, along, lines],
  );
  const places = valuesOf(own, along);
  const { x: across, y: up } = rangesOf(SIZE);
  const x = scaleOf(along, places, across);
  const y = linearScale([0, 1], up);
  const kinds = lines === undefined ? [undefined] : valuesOf(own, lines);
  const names = lines === undefined ? ["all"] : fullNames(lines, kinds);
  const pointsOf = (kind: unknown) =>
    points
      .filter(({ at }) => !lines || keyOfValue(at.get(lines)) === keyOfValue(kind))
      .map((point) => ({ point, x: x(xOf(along, point, places)) }))
      .sort((a, b) => a.x - b.x);
  return (
    <figure>
      <Frame
        {...SIZE}
        x={x}
        y={y}
        xLabel={labelOf(along)}
        yLabel="share converged"
        label={`Share converged by ${labelOf(along)}; the numbers are in the tables`}
      >
        {kinds.map((kind, i) => (
          <Line key={names[i]} style={i} points={pointsOf(kind)} y={y} />
        ))}
      </Frame>
      <figcaption>
        {names.map((name, i) => (
          <span class="key" key={name}>
            <svg viewBox="0 0 34 12" aria-hidden="true">
              <path class={`line series-${i % 7}`} d="M2 6H32" />
              <Mark style={i} x={17} y={6} />
            </svg>
            {name}
          </span>
        ))}
        <span>Bands are 95 % intervals; trials of one seed and shape count as one draw.</span>
      </figcaption>
    </figure>
  );
}

function scaleOf(along: Dimension, places: readonly unknown[], across: readonly [number, number]) {
  const inset = [across[0] + 14, across[1] - 14] as const;
  if (!isNumeric(along)) {
    const at = linearScale([0, Math.max(1, places.length - 1)], inset);
    const ticks = places.map((value, i) => ({
      value: i,
      text: along === "grid" ? String(value) : valueText(along, value),
    }));
    return Object.assign((value: number) => at(value), { ticks, domain: at.domain });
  }
  const numbers = places.map(Number);
  const ends = [numbers[0], numbers.at(-1)!] as const;
  const scale =
    ends[0] > 0 && ends[1] / ends[0] >= LOG_FROM ? logScale(ends, inset) : linearScale(ends, inset);
  const ticks = numbers.map((value) => ({ value, text: String(value) }));
  return Object.assign((value: number) => scale(value), { ticks, domain: scale.domain });
}

function xOf(along: Dimension, { at }: PlotPoint, places: readonly unknown[]): number {
  const value = at.get(along);
  if (isNumeric(along)) return Number(value);
  return places.findIndex((place) => keyOfValue(place) === keyOfValue(value));
}

interface LineProps {
  readonly style: number;
  readonly points: readonly { readonly point: PlotPoint; readonly x: number }[];
  readonly y: Scale;
}

function Line({ style, points, y }: LineProps) {
  const bounds = points.filter(({ point }) => point.low !== null);
  const band = [
    ...bounds.map(({ point, x }) => [x, y(point.high!)] as const),
    ...bounds.toReversed().map(({ point, x }) => [x, y(point.low!)] as const),
  ];
  return (
    <g>
      <path class={`band series-${style % 7}`} d={linePath(band)} />
      <path
        class={`line series-${style % 7}`}
        d={linePath(points.map(({ point, x }) => [x, y(point.value)]))}
      />
      {points.map(({ point, x }) => (
        <Mark key={x} style={style} x={x} y={y(point.value)} />
      ))}
    </g>
  );
}

/** Lines are told apart by their marks too, where colours are not. */
export function Mark({ style, x, y }: { style: number; x: number; y: number }) {
  const shapes = [
    `M${fine(x - 3.5)} ${fine(y)}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`,
    `M${fine(x - 3.5)} ${fine(y - 3.5)}h7v7h-7z`,
    `M${fine(x)} ${fine(y - 4.5)}l4.5 8h-9z`,
    `M${fine(x)} ${fine(y - 5)}l5 5l-5 5l-5 -5z`,
    `M${fine(x)} ${fine(y + 4.5)}l4.5 -8h-9z`,
  ];
  return <path class={`mark series-${style % 7}`} d={shapes[style % shapes.length]} />;
}
