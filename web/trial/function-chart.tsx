/** What the network puts out over the targets: of one input the function, of several each sample's prediction. */
import { counted } from "../../src/counted.js";
import type { Dataset } from "../../src/model/dataset.js";
import { Frame, fine, linePath, rangesOf } from "../charts/frame.js";
import { extent, linearScale } from "../charts/scale.js";
import type { Watched } from "../training/watched.js";
import { ActivityChart } from "./activity-chart.js";
import type { DrawnFunction } from "./drawn-function.js";

const SIZE = { width: 460, height: 300 } as const;
const ROOM = 0.08;
/** More rings hide the line. */
const MOST_KINKS = 60;

interface FunctionChartProps {
  readonly watched: Watched;
  readonly dataset: Dataset;
  /** Of one input, where nothing overflowed. */
  readonly drawn: DrawnFunction | undefined;
}

export function FunctionChart({ watched, dataset, drawn }: FunctionChartProps) {
  if (!drawn) return <Scatter watched={watched} targets={dataset.t} />;
  return (
    <>
      <OneInput watched={watched} dataset={dataset} drawn={drawn} />
      {drawn.exact && <ActivityChart watched={watched} dataset={dataset} exact={drawn.exact} />}
    </>
  );
}

function OneInput({ watched, dataset, drawn }: FunctionChartProps & { drawn: DrawnFunction }) {
  const { x: across, y: up } = rangesOf(SIZE);
  const { x: places, y: values, exact } = drawn;
  const outputs = dataset.t.length / dataset.samples;
  const x = linearScale(dataset.domains[0], across);
  const y = linearScale(extent([...dataset.t, ...Array.from(values)], ROOM), up);
  const kinks = exact ? places.length - 2 : 0;
  return (
    <figure>
      <Frame {...SIZE} x={x} y={y} xLabel="x" yLabel="y" label={labelOf(watched)}>
        {Array.from({ length: outputs }, (_, output) => (
          <g key={output}>
            <path
              class={`line series-${output % 7}`}
              d={linePath(places.map((place, i) => [x(place), y(values[i * outputs + output])]))}
            />
            {kinks <= MOST_KINKS &&
              places
                .slice(1, kinks + 1)
                .map((place, i) => (
                  <circle
                    key={i}
                    class={`kink series-${output % 7}`}
                    r={4}
                    cx={fine(x(place))}
                    cy={fine(y(values[(i + 1) * outputs + output]))}
                  />
                ))}
            {Array.from(dataset.x, (sample, s) => (
              <circle
                key={s}
                class="target"
                r={3}
                cx={fine(x(sample))}
                cy={fine(y(dataset.t[s * outputs + output]))}
              />
            ))}
          </g>
        ))}
      </Frame>
      <figcaption>
        <span>Dots: the targets.</span>
        <span>
          {exact
            ? `Line: the network, exactly, with ${kinks === 0 ? "no kink" : `its ${counted(kinks, "kink")} as rings`}.`
            : "Line: the network, through 401 points."}
        </span>
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
        {[...targets].map((target, i) =>
          Number.isFinite(watched.predictions[i]) ? (
            <circle
              key={i}
              class="target"
              r={2.5}
              cx={fine(x(target))}
              cy={fine(y(watched.predictions[i]))}
            />
          ) : null,
        )}
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
