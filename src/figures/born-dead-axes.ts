/** Which axes of `lrn risk`'s networks a chart has across, in colours and in panels. */
import { UserError } from "../errors.js";
import { axisOf } from "../model/axes.js";
import { sameValue, valueText } from "../model/cells.js";
import { MOST_SERIES } from "../output/pictures/charts/born-dead-spec.js";
import { visible } from "../output/visible.js";
import type { Kind } from "../runs/born-dead.js";

export type BornAxis = keyof Kind["newborn"];

export interface ChartAxes {
  readonly x: BornAxis;
  /** Whether it is a line of numbers, and not of names. */
  readonly numbers: boolean;
  readonly series: BornAxis | undefined;
  readonly panels: readonly BornAxis[];
}

/** Those come first that people compare most. */
const IN_ORDER = [
  "depth",
  "width",
  "initialization",
  "bias",
  "activation",
  "connection",
  "dataset",
] as const satisfies readonly BornAxis[];

const MOST_NAMES = 12;
const MOST_PANELS = 8;

/** @throws UserError where there are more colours, names or panels than a reader tells apart */
export function chartAxes(kinds: readonly Kind[]): ChartAxes {
  const varying = IN_ORDER.filter((name) =>
    kinds.some((kind) => !sameValue(valueIn(kind, name), valueIn(kinds[0], name))),
  );
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

/** Connections whose hidden layers are alike are one value. */
export function valueIn({ newborn, connections }: Kind, name: BornAxis): unknown {
  return name === "connection" ? connections.join(" or ") : newborn[name];
}

/** `width 2, he-normal` */
export function labelOf(kind: Kind, names: readonly BornAxis[]): string {
  const labels = names.map((name) => {
    const value = valueIn(kind, name);
    if (name === "connection") return String(value);
    if (name === "initialization") return valueText(name, value);
    return axisOf(name).phrase(value);
  });
  return visible(labels.join(", "));
}
