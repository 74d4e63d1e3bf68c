/** Where each axis of a sweep stands in a plot: as asked, and for the rest what reads well. */
import {
  type Dimension,
  type GridCell,
  isNumeric,
  valuesOf,
  varyingWithin,
} from "../analysis/dimensions.js";
import { UserError } from "../errors.js";
import { AXIS_NAMES, type AxisName, firstOf } from "../model/axes.js";

export const PLACES = ["x", "colour", "row", "column"] as const;
export type Place = (typeof PLACES)[number];

/** `none`: cells are pooled over whatever could stand there. */
export type WantedLayout = { readonly [P in Place]?: Dimension | "none" | undefined };
export type Layout = { readonly [P in Place]?: Dimension };

/** Axes that panels are made of, the most telling ones first. */
const PANEL_AXES = firstOf<AxisName>(
  [
    ...(["learningRate", "trainingStyle", "dataset", "width", "optimizer"] as const),
    ...(["epochs", "activation", "initialization", "bias", "connection", "depth"] as const),
  ],
  AXIS_NAMES,
);

/** Of values in a place that was not asked for. */
const MOST_IN_PLACE = { colour: 8, colourOfDots: 4, column: 4, row: 6 };
/** Of panels that were not asked for. */
const USUAL_PANELS = 12;
/** More would be no figure any longer. */
const MOST_PANELS = 60;
const MOST_SERIES = 40;

/** Whether values stand along lines, which only numbers do, or as dots in a list of names. */
export function hasLines({ x }: Layout): boolean {
  return isNumeric(x!);
}

/**
 * @param cells as the grids ask for them, those without a name too; at least one
 * @param measures how many there are: each has panels of its own
 * @throws UserError where a dimension is asked for twice, or there would be too many panels or lines
 */
export function layoutOf(
  cells: readonly GridCell[],
  wanted: WantedLayout,
  measures: number,
): Layout {
  refuseTwice(wanted);
  const layout: { [P in Place]?: Dimension } = Object.fromEntries(
    PLACES.filter((place) => wanted[place] && wanted[place] !== "none").map((place) => [
      place,
      wanted[place],
    ]),
  );
  const named = cells.filter(({ grid }) => grid !== undefined);
  const placed = () => Object.values(layout);
  const isOpen = wanted.x === undefined || wanted.colour === undefined;
  const mayCompare = isOpen && !placed().includes("grid") && count(named, "grid") > 1;
  const varying = (of: readonly GridCell[], ...beside: Dimension[]) =>
    varyingWithin(of, [...beside, ...placed()]);

  layout.x ??= mayCompare ? usualX(varying(named, "grid"), "grid") : usualX(varying(cells));
  if (wanted.colour === undefined) {
    const compares = mayCompare && layout.x !== "grid";
    const usual = compares ? "grid" : usualColour(cells, layout, varying(shownOf(cells, layout)));
    if (usual) layout.colour = usual;
  }
  const shown = shownOf(cells, layout);
  if (wanted.row === undefined && wanted.column === undefined) {
    for (const place of ["column", "row"] as const) {
      const left = USUAL_PANELS / measures / (layout.column ? count(shown, layout.column) : 1);
      const most = Math.min(MOST_IN_PLACE[place], left);
      const free = varying(shown);
      const name = PANEL_AXES.find((axis) => free.includes(axis) && count(shown, axis) <= most);
      if (name) layout[place] = name;
    }
  }
  refuseTooMany(shown, layout, measures);
  return layout;
}

/** Where grids are told apart, cells of those without a name are left out. */
function shownOf<Item extends GridCell>(cells: readonly Item[], layout: Layout): Item[] {
  const comparesGrids = Object.values(layout).includes("grid");
  return cells.filter(({ grid }) => grid !== undefined || !comparesGrids);
}

function usualX(varying: readonly AxisName[], instead?: "grid"): Dimension {
  if (varying.includes("depth")) return "depth";
  return varying.find(isNumeric) ?? instead ?? varying[0] ?? "depth";
}

function usualColour(
  cells: readonly GridCell[],
  layout: Layout,
  varying: readonly AxisName[],
): AxisName | undefined {
  const most = hasLines(layout) ? MOST_IN_PLACE.colour : MOST_IN_PLACE.colourOfDots;
  const fits = (name: AxisName) => varying.includes(name) && count(cells, name) <= most;
  return fits("connection") ? "connection" : AXIS_NAMES.find(fits);
}

function count(cells: readonly GridCell[], dimension: Dimension): number {
  return valuesOf(cells, dimension).length;
}

function refuseTwice(wanted: WantedLayout): void {
  for (const [i, place] of PLACES.entries()) {
    const before = PLACES.slice(0, i).find(
      (other) => wanted[place] && wanted[place] !== "none" && wanted[other] === wanted[place],
    );
    if (before === undefined) continue;
    throw new UserError(
      `--${place}: ${wanted[place]} stands at --${before} already; give another axis, or leave one of the two out`,
    );
  }
}

function refuseTooMany(cells: readonly GridCell[], layout: Layout, measures: number): void {
  const of = (place: Place) => (layout[place] ? count(cells, layout[place]) : 1);
  const panels = of("row") * of("column") * measures;
  const parts = (["row", "column"] as const).filter((place) => layout[place]);
  if (panels > MOST_PANELS) {
    const listed = parts.map((place) => `--${place} ${layout[place]} (${of(place)})`);
    if (measures > 1) listed.push(`--y (${measures})`);
    throw new UserError(
      `there would be ${panels} panels, of ${listed.join(" and ")}; the most is ${MOST_PANELS}: restrict them, as ` +
        `--where ${layout[parts[0]]}=value, or give ${parts.map((place) => `--${place} none`).join(" or ")}`,
    );
  }
  if (of("colour") > MOST_SERIES) {
    const { colour } = layout;
    throw new UserError(
      `--colour: ${colour} has ${of("colour")} values, and the most is ${MOST_SERIES}; restrict them, as ` +
        `--where ${colour}=value, or give another axis`,
    );
  }
}
