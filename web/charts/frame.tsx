/** The axes of a chart, in which its marks are drawn. */
import type { ComponentChildren } from "preact";
import type { Scale, Tick } from "./scale.js";

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

export const MARGIN = { top: 10, right: 24, bottom: 40, left: 70 } as const;

/** Where scales have their ends: from left to right, and from the bottom up. */
export function rangesOf({ width, height }: ChartSize) {
  return {
    x: [MARGIN.left, width - MARGIN.right] as const,
    y: [height - MARGIN.bottom, MARGIN.top] as const,
  };
}

interface FrameProps extends ChartSize {
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  readonly yLabel: string;
  /** What one sees, for those who do not. */
  readonly label: string;
  /** Of a chart whose marks are links. */
  readonly hasLinks?: boolean;
  readonly children: ComponentChildren;
}

export function Frame({
  width,
  height,
  x,
  y,
  xLabel,
  yLabel,
  label,
  hasLinks,
  children,
}: FrameProps) {
  const { x: across, y: up } = rangesOf({ width, height });
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      role={hasLinks ? "group" : "img"}
      aria-label={label}
    >
      {y.ticks.map(({ value, text }) => (
        <g key={value} transform={`translate(0 ${y(value)})`}>
          <line class="grid" x1={across[0]} x2={across[1]} />
          <text class="tick" x={across[0] - 6} dy="0.35em" text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {legible(x).map(({ value, text }) => (
        <g key={value} transform={`translate(${x(value)} ${up[0]})`}>
          <line class="axis" y2={5} />
          <text class="tick" y={17} text-anchor="middle">
            {text}
          </text>
        </g>
      ))}
      <line class="axis" x1={across[0]} x2={across[1]} y1={up[0]} y2={up[0]} />
      {children}
      <text class="axis-label" x={(across[0] + across[1]) / 2} y={height - 4} text-anchor="middle">
        {xLabel}
      </text>
      <text
        class="axis-label"
        transform={`translate(12 ${(up[0] + up[1]) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {yLabel}
      </text>
    </svg>
  );
}

/** Ticks whose texts do not touch. */
function legible(x: Scale): readonly Tick[] {
  let end = Number.NEGATIVE_INFINITY;
  return x.ticks.filter(({ value, text }) => {
    const half = (text.length * CHARACTER) / 2;
    if (x(value) - half < end) return false;
    end = x(value) + half + CHARACTER;
    return true;
  });
}

/** How wide one is, about. */
const CHARACTER = 7;

/** The path of a line through points; what overflowed is left out. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  const drawn = points.filter((point) => point.every(Number.isFinite));
  return drawn.map(([x, y], i) => `${i === 0 ? "M" : "L"}${fine(x)} ${fine(y)}`).join("");
}

/** Finer than any screen. */
export function fine(value: number): number {
  return Math.round(value * 100) / 100;
}
