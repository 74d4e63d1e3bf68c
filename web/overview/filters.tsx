/** Which cells are looked at: a choice for each axis in which cells differ, and one of the grids that have names. */
import { labelOf, shortNames } from "../../src/analysis/dimensions.js";
import type { AxisName } from "../../src/model/axes.js";
import { capitalized, valuesIn, valueText } from "../../src/model/cells.js";
import type { Where } from "../selection.js";
import type { Report } from "../unpack-report.js";

interface FiltersProps {
  readonly report: Report;
  readonly where: Where;
  readonly change: (where: Where) => void;
}

export function Filters({ report, where, change }: FiltersProps) {
  const { axes, cells, sweep } = report;
  const choose = (name: AxisName | "grid", text: string) => {
    const { [name]: _, ...others } = where;
    change(text === "" ? others : { ...others, [name]: text });
  };
  const grids = sweep.grids.map(({ name }) => ({ text: name, name }));
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {grids.length > 1 && (
        <Filter
          label="Grid"
          options={grids}
          chosen={where.grid}
          choose={(text) => choose("grid", text)}
        />
      )}
      {axes.map((name) => {
        const values = valuesIn(cells, name);
        const names = shortNames(name, values);
        return (
          <Filter
            key={name}
            label={capitalized(labelOf(name))}
            options={values.map((value, i) => ({ text: valueText(name, value), name: names[i] }))}
            chosen={where[name]}
            choose={(text) => choose(name, text)}
          />
        );
      })}
      {Object.keys(where).length > 0 && (
        <button type="button" onClick={() => change({})}>
          Show all
        </button>
      )}
    </form>
  );
}

interface FilterProps {
  readonly label: string;
  readonly options: readonly { readonly text: string; readonly name: string }[];
  readonly chosen: string | undefined;
  readonly choose: (text: string) => void;
  /** Whether one of them is always chosen. */
  readonly isOne?: boolean;
}

export function Filter({ label, options, chosen = "", choose, isOne = false }: FilterProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {!isOne && <option value="">all</option>}
        {options.map(({ text, name }) => (
          <option key={text} value={text}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
