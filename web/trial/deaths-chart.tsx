/** How many neurons were dead at each moment of a training: they die, and some revive. */
import { Frame, rangesOf } from "../charts/frame.js";
import { linearScale } from "../charts/scale.js";
import type { Deaths } from "../training/watched.js";

const SIZE = { width: 460, height: 160 } as const;

interface DeathsChartProps {
  readonly deaths: Deaths;
  /** How many hidden neurons there are. */
  readonly neurons: number;
  readonly epochs: number;
  readonly epoch: number;
}

export function DeathsChart({ deaths, neurons, epochs, epoch }: DeathsChartProps) {
  const { x: across, y: up } = rangesOf(SIZE);
  const x = linearScale([0, epochs], across);
  const y = linearScale([0, neurons], up, 3);
  const steps = deaths.epochs.map(
    (at, i) => `${i === 0 ? "M" : "H"}${x(at)}${i === 0 ? " " : "V"}${y(deaths.dead[i])}`,
  );
  return (
    <figure>
      <Frame
        {...SIZE}
        x={x}
        y={y}
        xLabel="epochs"
        yLabel="dead neurons"
        label={`Of ${neurons} neurons ${deaths.dead[0]} were dead before the first step, and ${deaths.dead.at(-1)} at the end`}
      >
        <path class="line series-1" d={steps.join("")} />
        <line class="now" x1={x(epoch)} x2={x(epoch)} y1={up[0]} y2={up[1]} />
      </Frame>
    </figure>
  );
}

/** So many moments of a training are looked at. */
const MOMENTS = 60;

/** Epochs from the first to the last, closer to each other at the beginning, where most neurons die. */
export function momentsOf(epochs: number): number[] {
  const moments = Array.from({ length: MOMENTS + 1 }, (_, i) =>
    Math.round(epochs * (i / MOMENTS) ** 2),
  );
  return [...new Set(moments)];
}
