/** How many neurons were dead at each moment of a training: they die, and some revive. */
import { Frame, rangesOf } from "../charts/frame.js";
import { linearScale } from "../charts/scale.js";
import type { Deaths } from "../training/use-deaths.js";

const SIZE = { width: 460, height: 160 } as const;

interface DeathsChartProps {
  readonly deaths: Deaths;
  /** That the rest of the view shows. */
  readonly epoch: number;
}

export function DeathsChart({ deaths: { trial, moments }, epoch }: DeathsChartProps) {
  const neurons = trial.depth * trial.width;
  const { x: across, y: up } = rangesOf(SIZE);
  const x = linearScale([0, trial.epochs], across);
  const y = linearScale([0, neurons], up, 3);
  const [[, born], ...later] = moments;
  const steps = later.map(([at, dead]) => `H${x(at)}V${y(dead)}`).join("");
  return (
    <figure>
      <Frame
        {...SIZE}
        x={x}
        y={y}
        xLabel="epochs"
        yLabel="dead neurons"
        label={`Of ${neurons} neurons ${born} were dead before the first step, and ${moments.at(-1)![1]} at the end`}
      >
        <path class="line series-1" d={`M${x(0)} ${y(born)}${steps}`} />
        <line class="now" x1={x(epoch)} x2={x(epoch)} y1={up[0]} y2={up[1]} />
      </Frame>
    </figure>
  );
}
