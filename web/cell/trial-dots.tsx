/** A cell's trials as dots: by final RMSE and dead neurons, converged ones filled. */
import { hasConverged } from "../../src/model/outcome.js";
import { Frame, fine, rangesOf } from "../charts/frame.js";
import { extent, linearScale, logScale } from "../charts/scale.js";
import type { ReportTrial } from "../unpack-report.js";

const SIZE = { width: 560, height: 320 } as const;
/** A smaller error, which float32 hardly has, is drawn as this one: a logarithm has no 0. */
const LEAST_RMSE = 1e-8;
/** So that dots of one place are seen apart, each is moved up or down within its number, at most by so many pixels. */
const MOST_MOVED = 4.5;

interface TrialDotsProps {
  readonly trials: readonly ReportTrial[];
  readonly threshold: number;
  readonly neurons: number;
  readonly linkTo: (seed: number) => string;
}

export function TrialDots({ trials, threshold, neurons, linkTo }: TrialDotsProps) {
  const { x: across, y: up } = rangesOf(SIZE);
  const trained = trials.flatMap(({ seed, outcome }) =>
    outcome.state === "trained" ? [{ seed, outcome }] : [],
  );
  const errors = trained.map(({ outcome }) => Math.max(LEAST_RMSE, outcome.finalRmse));
  const [low, high] = extent([...errors, threshold]);
  const x = logScale([low / 1.2, high * 1.2], across);
  const y = linearScale([0, neurons], [up[0] - 8, up[1] + 8]);
  const moved = Math.min(MOST_MOVED, 0.4 * Math.abs(y(1) - y(0)));
  return (
    <figure>
      <Frame
        {...SIZE}
        x={x}
        y={y}
        xLabel="final RMSE"
        yLabel="dead neurons"
        label="Trials by final RMSE and dead neurons; the table below has the same"
        hasLinks
      >
        <line class="threshold" x1={x(threshold)} x2={x(threshold)} y1={up[0]} y2={up[1]} />
        {trained.map(({ seed, outcome }, i) => {
          const converged = hasConverged(outcome, threshold);
          const part = 2 * ((seed * 0.618034) % 1) - 1;
          return (
            <a key={seed} href={linkTo(seed)} tabindex={-1} aria-label={`Seed ${seed}`}>
              <circle
                class={converged ? "dot converged" : "dot"}
                cx={fine(x(errors[i]))}
                cy={fine(y(outcome.deadNeurons) + part * moved)}
                r={4.5}
              >
                <title>{`Seed ${seed}: RMSE ${outcome.finalRmse.toPrecision(3)}, ${outcome.deadNeurons} dead`}</title>
              </circle>
            </a>
          );
        })}
      </Frame>
      <figcaption>
        <span>Filled: converged, at most the dashed {threshold}. Hollow: did not converge.</span>
        <span>Dots are spread a little up and down, within their number.</span>
      </figcaption>
    </figure>
  );
}
