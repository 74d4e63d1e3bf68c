/** Networks with any settings, two connections side by side: trained from the same hidden weights. */
import { AXIS_NAMES, type AxisName, axisOf } from "../../src/model/axes.js";
import { whyMeaningless } from "../../src/model/cell-rules.js";
import { capitalized, headingOf } from "../../src/model/cells.js";
import type { Cell, Connection } from "../../src/model/trial.js";
import type { StartingPoint } from "../../src/output/page/page-data.js";
import { MOST_SEED, type Selection } from "../selection.js";
import type { Trainer } from "../training/page-trainer.js";
import { EpochSlider } from "../trial/epoch-slider.js";
import { TrainingView } from "../trial/training-view.js";
import { AxisInput } from "./axis-input.js";
import { chosenCell, fits, playgroundOf, refusedOf, textOf } from "./values.js";

interface PlaygroundProps {
  readonly points: readonly StartingPoint[];
  readonly trainer: Trainer;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

export function Playground({ points, trainer, selection, select }: PlaygroundProps) {
  const { where, more, seed = 0 } = selection;
  const cell = chosenCell(where);
  const other = otherConnection(more.other);
  const epoch = Math.min(selection.epoch ?? cell.epochs, cell.epochs);
  const { epoch: _, ...atEnd } = selection;
  const { begin, ...own } = more;
  const changed = { ...atEnd, more: own };
  const change = (name: AxisName, value: unknown) =>
    select({ ...changed, where: { ...where, [name]: textOf(value) } });
  const refused = refusedOf(where);
  return (
    <>
      <h1 tabindex={-1}>Playground</h1>
      <p>
        Two networks with one seed start from the same hidden weights; only their connection
        differs. Each is trained here, as lrn trains it, to the same bits.
      </p>
      {refused.length > 0 && (
        <p role="alert">Not taken from the link, for it breaks a rule: {refused.join(", ")}.</p>
      )}
      <form
        class="filters settings"
        aria-label="Settings"
        onSubmit={(event) => event.preventDefault()}
      >
        <StartingPoints
          points={points}
          chosen={begin}
          begin={(index) => {
            const { cell: first, seed: its } = points[index];
            const { more: sides, ...network } = playgroundOf(first, its);
            select({ view: "playground", ...network, more: { ...sides, begin: String(index) } });
          }}
        />
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
          change={(value) => select({ ...changed, more: { ...own, other: String(value) } })}
        />
        <AxisInput
          label="Seed"
          domain={{ kind: "whole number", min: 0, max: MOST_SEED }}
          value={seed}
          change={(value) => select({ ...changed, seed: Number(value) })}
        />
        <button
          type="button"
          onClick={() => select({ ...changed, seed: (seed + 1) % (MOST_SEED + 1) })}
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
  const why = whyMeaningless(cell);
  if (why !== undefined) return <p role="alert">{capitalized(why)}.</p>;
  return <TrainingView trainer={trainer} trial={{ ...cell, seed }} epoch={epoch} />;
}

interface StartingPointsProps {
  readonly points: readonly StartingPoint[];
  /** The index of the one that settings have not been changed since. */
  readonly chosen: string | undefined;
  readonly begin: (index: number) => void;
}

function StartingPoints({ points, chosen = "", begin }: StartingPointsProps) {
  const groups = [...new Set(points.map(({ group }) => group))];
  return (
    <label class="field">
      <span>Begin with</span>
      <select
        value={chosen}
        onChange={({ currentTarget: { value } }) => {
          if (value !== "") begin(Number(value));
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
