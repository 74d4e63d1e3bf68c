/** The loss of every step of a training, and how far the rest of the view has come in it. */
import { number } from "../../src/counted.js";
import { rangesOf, Frame, linePath } from "../charts/frame.js";
import { extent, linearScale, logScale } from "../charts/scale.js";

const SIZE = { width: 460, height: 240 } as const;
/** More points than pixels: each stretch is drawn by its least and its greatest. */
const MOST_POINTS = 1000;
const LEAST_RMSE = 1e-9;

interface LossChartProps {
  /** √loss in original units of each step. */
  readonly rmse: Float64Array;
  readonly epochs: number;
  readonly epoch: number;
  readonly threshold: number;
}

export function LossChart({ rmse, epochs, epoch, threshold }: LossChartProps) {
  const { x: across, y: up } = rangesOf(SIZE);
  const x = linearScale([0, epochs], across);
  const points = thinned(rmse);
  const errors = points.map(([, value]) => value);
  const [least] = extent(errors);
  const [low, high] = extent([...errors, threshold]);
  // Whole powers of ten, so that two charts side by side mostly have the same.
  const y = logScale(
    [powerOf10(Math.floor, Math.max(LEAST_RMSE, low)), powerOf10(Math.ceil, high)],
    up,
  );
  const drawn = points.map(([at, value]) => [x(at), y(Math.max(LEAST_RMSE, value))] as const);
  return (
    <figure>
      <Frame
        {...SIZE}
        x={x}
        y={y}
        xLabel="epochs"
        yLabel="RMSE of each step"
        label={`Loss over ${number(epochs)} epochs; the least RMSE that a step saw is ${least.toPrecision(2)}`}
      >
        <line class="threshold" x1={across[0]} x2={across[1]} y1={y(threshold)} y2={y(threshold)} />
        <path class="line series-0" d={linePath(drawn)} />
        <line class="now" x1={x(epoch)} x2={x(epoch)} y1={up[0]} y2={up[1]} />
      </Frame>
      <figcaption>
        <span>Of what each step saw, before it. Dashed: the threshold, {threshold}.</span>
      </figcaption>
    </figure>
  );
}

function powerOf10(rounded: (exponent: number) => number, value: number): number {
  return 10 ** rounded(Math.log10(Math.max(LEAST_RMSE * 10, value)));
}

/** [epoch, value], those that overflowed left out. */
function thinned(values: Float64Array): (readonly [number, number])[] {
  const stretch = Math.max(1, Math.ceil((2 * values.length) / MOST_POINTS));
  const points: (readonly [number, number])[] = [];
  for (let begin = 0; begin < values.length; begin += stretch) {
    const own = [...values.subarray(begin, begin + stretch)]
      .map((value, i) => [begin + i, value] as const)
      .filter(([, value]) => Number.isFinite(value));
    if (own.length === 0) continue;
    const by = own.toSorted((a, b) => a[1] - b[1]);
    const ends = [by[0], by.at(-1)!].sort((a, b) => a[0] - b[0]);
    points.push(...(ends[0][0] === ends[1][0] ? [ends[0]] : ends));
  }
  return points;
}
