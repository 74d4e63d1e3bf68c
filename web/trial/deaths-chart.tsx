/** How many neurons were dead at moments of a training: they die, and some revive. */
import { number } from "../../src/counted.js";
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
  const [end, last] = moments.at(-1)!;
  const steps = later.map(([at, dead]) => `H${x(at)}V${y(dead)}`).join("");
  return (
    <figure>
      <Frame
        {...SIZE}
        x={x}
        y={y}
        xLabel="epochs"
        yLabel="dead neurons"
        label={`Of ${number(neurons)} neurons ${born} were dead before the first step, and ${last} after epoch ${number(end)}`}
      >
        <path class="line solid series-1" d={`M${x(0)} ${y(born)}${steps}`} />
        <line class="now" x1={x(epoch)} x2={x(epoch)} y1={up[0]} y2={up[1]} />
      </Frame>
      <figcaption>
        <span>
          Looked at after {number(moments.length)} of the epochs, more often at the beginning.
        </span>
      </figcaption>
    </figure>
  );
}
