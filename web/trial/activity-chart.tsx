/** On which part of the domain each neuron of a layer is active, so where its hinges are. */
import { useState } from "preact/hooks";
import { number } from "../../src/counted.js";
import type { Dataset } from "../../src/model/dataset.js";
import type { ExactFunction } from "../../src/model/exact-function.js";
import { fine, Frame, MARGIN, rangesOf } from "../charts/frame.js";
import { linearScale } from "../charts/scale.js";
import type { Watched } from "../training/watched.js";

const WIDTH = 460;
const ROW = 22;
/** More lines are one grey area. */
const MOST_NEURONS = 64;

interface ActivityChartProps {
  readonly watched: Watched;
  readonly dataset: Dataset;
  readonly exact: ExactFunction;
}

export function ActivityChart({ watched, dataset, exact }: ActivityChartProps) {
  const { dead, trial } = watched;
  const [chosen, choose] = useState(0);
  const layer = Math.min(chosen, trial.depth - 1);
  const neurons = exact.active[layer].slice(0, MOST_NEURONS);
  const size = { width: WIDTH, height: MARGIN.top + MARGIN.bottom + ROW * neurons.length };
  const { x: across, y: up } = rangesOf(size);
  const x = linearScale(dataset.domains[0], across);
  const yOf = (neuron: number) => up[1] + (neuron + 0.5) * ROW;
  const ticks = neurons.map((_, neuron) => ({ value: neuron, text: String(neuron + 1) }));
  const y = Object.assign(yOf, { ticks, domain: [0, neurons.length] as const });
  const hidden = trial.width - neurons.length;
  return (
    <figure>
      <label class="field">
        <span>Where the neurons of a layer are active</span>
        <select value={layer} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
          {exact.active.map((_, l) => (
            <option key={l} value={l}>
              Layer {l + 1}
            </option>
          ))}
        </select>
      </label>
      <Frame
        {...size}
        x={x}
        y={y}
        xLabel="x"
        yLabel="neuron"
        label={neurons
          .map((intervals, neuron) => sentenceOf(neuron, intervals, dead.mask[layer][neuron]))
          .join(" ")}
      >
        {[...dataset.x].map((sample, s) => (
          <line key={s} class="sample" x1={x(sample)} x2={x(sample)} y1={up[0]} y2={up[1]} />
        ))}
        {neurons.map((intervals, neuron) =>
          intervals.map(([from, to], i) => (
            <line
              key={`${neuron}-${i}`}
              class={`active ${dead.mask[layer][neuron] ? "elsewhere" : ""}`}
              x1={fine(x(from))}
              x2={fine(x(to))}
              y1={yOf(neuron)}
              y2={yOf(neuron)}
            />
          )),
        )}
      </Frame>
      <figcaption>
        <span>Bars: its weighted sum is above 0; a bar's ends are the neuron's hinges.</span>
        <span>Faint lines: samples. Dashed bar: dead on the samples, active between them.</span>
        {hidden > 0 && <span>{number(hidden)} more neurons are not shown.</span>}
      </figcaption>
    </figure>
  );
}

type Intervals = ExactFunction["active"][number][number];

function sentenceOf(neuron: number, active: Intervals, isDead: boolean): string {
  const parts = active.map(([from, to]) => `${from.toFixed(2)} to ${to.toFixed(2)}`);
  const where = parts.length === 0 ? "active nowhere" : `active from ${parts.join(" and from ")}`;
  return `Neuron ${neuron + 1}: ${where}${isDead ? ", dead on the samples" : ""}.`;
}
