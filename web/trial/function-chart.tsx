/** What the network puts out over the targets: of one input the function, of several each sample's prediction. */
import { makeDataset } from "../../src/model/dataset.js";
import { Frame, fine, linePath, rangesOf } from "../charts/frame.js";
import { extent, linearScale } from "../charts/scale.js";
import type { Watched } from "../training/watched.js";

const SIZE = { width: 460, height: 300 } as const;
const ROOM = 0.08;

export function FunctionChart({ watched }: { watched: Watched }) {
  const dataset = makeDataset(watched.trial.dataset);
  const inputs = dataset.x.length / dataset.samples;
  return inputs === 1 ? (
    <OneInput watched={watched} dataset={dataset} />
  ) : (
    <Scatter watched={watched} targets={dataset.t} />
  );
}

interface OneInputProps {
  readonly watched: Watched;
  readonly dataset: ReturnType<typeof makeDataset>;
}

function OneInput({ watched, dataset }: OneInputProps) {
  const { x: across, y: up } = rangesOf(SIZE);
  const { predictions } = watched;
  const outputs = dataset.t.length / dataset.samples;
  const x = linearScale(dataset.domains[0], across);
  const y = linearScale(extent([...dataset.t, ...predictions], ROOM), up);
  const order = [...dataset.x.keys()].sort((a, b) => dataset.x[a] - dataset.x[b]);
  return (
    <figure>
      <Frame {...SIZE} x={x} y={y} xLabel="x" yLabel="y" label={labelOf(watched)}>
        {Array.from({ length: outputs }, (_, output) => (
          <g key={output}>
            <path
              class={`line series-${output % 7}`}
              d={linePath(
                order.map((s) => [x(dataset.x[s]), y(predictions[s * outputs + output])] as const),
              )}
            />
            {order.map((s) => (
              <circle
                key={s}
                class="target"
                r={3}
                cx={fine(x(dataset.x[s]))}
                cy={fine(y(dataset.t[s * outputs + output]))}
              />
            ))}
          </g>
        ))}
      </Frame>
      <figcaption>
        <span>Dots: the targets. Line: the network, through its predictions at the samples.</span>
      </figcaption>
    </figure>
  );
}

function Scatter({ watched, targets }: { watched: Watched; targets: Float64Array }) {
  const { x: across, y: up } = rangesOf(SIZE);
  const both = extent([...targets, ...watched.predictions], ROOM);
  const x = linearScale(both, across);
  const y = linearScale(both, up);
  return (
    <figure>
      <Frame {...SIZE} x={x} y={y} xLabel="target" yLabel="prediction" label={labelOf(watched)}>
        <line class="threshold" x1={x(both[0])} y1={y(both[0])} x2={x(both[1])} y2={y(both[1])} />
        {[...targets].map((target, i) => (
          <circle
            key={i}
            class="target"
            r={2.5}
            cx={fine(x(target))}
            cy={fine(y(watched.predictions[i]))}
          />
        ))}
      </Frame>
      <figcaption>
        <span>A dot per sample and output; on the dashed line the prediction is the target.</span>
      </figcaption>
    </figure>
  );
}

function labelOf({ outcome, epoch }: Watched): string {
  const error =
    outcome.state === "trained"
      ? `an RMSE of ${outcome.finalRmse.toPrecision(3)}`
      : "numbers that overflowed";
  return `Predictions over targets after ${epoch} epochs, with ${error}`;
}
