/** Networks with any settings, two connections side by side: trained from the same hidden weights. */
import { useState } from "preact/hooks";
import { counted } from "../../src/counted.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../../src/model/axes.js";
import { whyMeaningless } from "../../src/model/cell-rules.js";
import { capitalized, headingOf } from "../../src/model/cells.js";
import type { Cell, Connection } from "../../src/model/trial.js";
import type { StartingPoint } from "../../src/output/page/page-data.js";
import type { Selection } from "../selection.js";
import { EpochSlider } from "../trial/epoch-slider.js";
import { secondsOf, TrainingView } from "../trial/training-view.js";
import type { Trainer } from "../training/trainer.js";
import { AxisInput } from "./axis-input.js";
import { chosenCell, fits, textOf } from "./values.js";

const MOST_SEED = 2 ** 32 - 1;
/** What takes longer starts when it is asked to. */
const LONG_S = 2;

interface PlaygroundProps {
  readonly points: readonly StartingPoint[];
  readonly trainer: Trainer;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

export function Playground({ points, trainer, selection, select }: PlaygroundProps) {
  const { where, more, seed = 0 } = selection;
  const cell = chosenCell({ connection: "plain", ...where });
  const other = otherConnection(more.other);
  const epoch = Math.min(selection.epoch ?? cell.epochs, cell.epochs);
  const { epoch: _, ...atEnd } = selection;
  const change = (name: AxisName, value: unknown) =>
    select({ ...atEnd, where: { ...where, [name]: textOf(value) } });
  const begin = ({ cell: own, seed: first }: StartingPoint) => {
    const texts = AXIS_NAMES.filter((name) => textOf(own[name]) !== textOf(axisOf(name).example));
    const rest = own.connection === "late-residual" ? { other: "plain" } : {};
    select({
      view: "playground",
      where: Object.fromEntries([
        ...texts.map((name) => [name, textOf(own[name])]),
        ["connection", own.connection],
      ]),
      seed: first,
      more: rest,
    });
  };
  return (
    <>
      <h1 tabindex={-1}>Playground</h1>
      <p>
        Two networks with one seed start from the same hidden weights; only their connection
        differs. Each is trained here, as lrn trains it, to the same bits.
      </p>
      <form
        class="filters settings"
        aria-label="Settings"
        onSubmit={(event) => event.preventDefault()}
      >
        <StartingPoints points={points} begin={begin} />
        {AXIS_NAMES.map((name) => (
          <AxisInput
            key={name}
            label={name === "connection" ? "Connection, left" : capitalized(axisOf(name).label)}
            domain={axisOf(name).domain}
            value={cell[name]}
            change={(value) => change(name, value)}
          />
        ))}
        <AxisInput
          label="Connection, right"
          domain={axisOf("connection").domain}
          value={other}
          change={(value) => select({ ...atEnd, more: { ...more, other: String(value) } })}
        />
        <AxisInput
          label="Seed"
          domain={{ kind: "whole number", min: 0, max: MOST_SEED }}
          value={seed}
          change={(value) => select({ ...atEnd, seed: Number(value) })}
        />
        <button
          type="button"
          onClick={() => select({ ...atEnd, seed: (seed + 1) % (MOST_SEED + 1) })}
        >
          Next seed
        </button>
      </form>
      <EpochSlider
        epochs={cell.epochs}
        epoch={epoch}
        change={(next) => select(next === cell.epochs ? atEnd : { ...atEnd, epoch: next })}
      />
      <div class="sides">
        {[cell.connection, other].map((connection, side) => (
          <section key={side} aria-labelledby={`side-${side}`}>
            <h2 id={`side-${side}`}>{headingOf("connection", connection)}</h2>
            <Side trainer={trainer} cell={{ ...cell, connection }} seed={seed} epoch={epoch} />
          </section>
        ))}
      </div>
    </>
  );
}

function otherConnection(text = "late-residual"): Connection {
  return fits(axisOf("connection").domain, text) ? (text as Connection) : "late-residual";
}

interface SideProps {
  readonly trainer: Trainer;
  readonly cell: Cell;
  readonly seed: number;
  readonly epoch: number;
}

function Side({ trainer, cell, seed, epoch }: SideProps) {
  const trial = { ...cell, seed };
  const [allowed, allow] = useState("");
  const why = whyMeaningless(cell);
  if (why !== undefined) return <p role="alert">{capitalized(why)}.</p>;
  const seconds = secondsOf(trial);
  const name = JSON.stringify(trial);
  if (seconds > LONG_S && allowed !== name) {
    return (
      <p>
        This training takes about {counted(Math.round(seconds), "second")}.{" "}
        <button type="button" onClick={() => allow(name)}>
          Train it
        </button>
      </p>
    );
  }
  return <TrainingView trainer={trainer} trial={trial} epoch={epoch} />;
}

interface StartingPointsProps {
  readonly points: readonly StartingPoint[];
  readonly begin: (point: StartingPoint) => void;
}

function StartingPoints({ points, begin }: StartingPointsProps) {
  const groups = [...new Set(points.map(({ group }) => group))];
  return (
    <label class="field">
      <span>Begin with</span>
      <select
        value=""
        onChange={({ currentTarget }) => {
          const point = points[Number(currentTarget.value)];
          if (currentTarget.value !== "" && point) begin(point);
        }}
      >
        <option value="">choose …</option>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {points.map((point, i) =>
              point.group === group ? (
                <option key={i} value={i}>
                  {point.name}
                </option>
              ) : null,
            )}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
