/** Which axes of `lrn risk`'s networks a chart has across, in colours and in panels. */
import { UserError } from "../errors.js";
import { axisOf, type BornAxis } from "../model/axes.js";
import { MOST_SERIES } from "../output/pictures/charts/born-dead-spec.js";
import { type Kind, labelOf, varyingAxes } from "../runs/newborn-kinds.js";

export interface ChartAxes {
  readonly x: BornAxis;
  /** Whether it is a line of numbers, and not of names. */
  readonly numbers: boolean;
  readonly series: BornAxis | undefined;
  readonly panels: readonly BornAxis[];
}

const MOST_NAMES = 12;
const MOST_PANELS = 8;

/** @throws UserError where there are more colours, names or panels than a reader tells apart */
export function chartAxes(kinds: readonly Kind[]): ChartAxes {
  const varying = varyingAxes(kinds);
  const [x = "depth", series, ...panels] = varying;
  const numbers = varying.length > 0 && (x === "depth" || x === "width");
  const refuse = (names: readonly BornAxis[], most: number, what: string) => {
    const values = new Set(kinds.map((kind) => labelOf(kind, names))).size;
    if (values <= most) return;
    const whose = names.map((name) => axisOf(name).label).join(" and ");
    throw new UserError(
      `--out: a chart has at most ${most} ${what}, got ${values} (${whose}); give fewer values, or ` +
        "a file that ends in .csv or .json",
    );
  };
  if (!numbers) refuse([x], MOST_NAMES, "names across");
  if (series) refuse([series], MOST_SERIES, "colours");
  refuse(panels, MOST_PANELS, "panels");
  return { x, numbers, series, panels };
}
