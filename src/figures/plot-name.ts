/** What a plot is called, and the command that draws it. */
import { columnOf } from "../analysis/dimensions.js";
import { PLACES } from "./plot-layout.js";
import type { PlotContent } from "./plot-text.js";

/** `rate-by-depth-connection` and what cells were restricted to: a file's name without its ending. */
export function plotName({ measures, layout, among, restrictions }: PlotContent): string {
  const by = [layout.x!, layout.colour ?? []].flat().map((each) => dashed(columnOf(each)));
  return [
    measures.map(({ column }) => dashed(column)).join("-"),
    ...(among === "converged" ? ["of-converged"] : []),
    `by-${by.join("-")}`,
    ...restrictions,
  ]
    .join("-")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .slice(0, 120);
}

/** With all that was chosen, so that the same can be drawn again. */
export function plotCommand({ measures, layout, among, restrictions }: PlotContent): string {
  const places = PLACES.map((place) => {
    const dimension = layout[place];
    return ` --${place} ${dimension ? dashed(columnOf(dimension)) : "none"}`;
  });
  return [
    `lrn plot --y ${measures.map(({ column, name, isShare }) => (isShare ? name : dashed(column))).join(",")}`,
    ...(measures.some(({ isShare }) => isShare) ? [" --share"] : []),
    ...places,
    ...(among === "converged" ? [" --among converged"] : []),
    ...restrictions.map((text) => ` --where ${/^[\w.,=-]+$/.test(text) ? text : `"${text}"`}`),
  ].join("");
}

function dashed(column: string): string {
  return column.replaceAll("_", "-");
}
