/** Draws a ResNet's residual block (He, Zhang, Ren & Sun 2016): y = ReLU(F(x) + x). */
import { BLUE, FAINT_INK, INK, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE } from "./style.js";
import { element, svgDocument, textAt } from "./svg.js";

const WIDTH = 760;
const HEIGHT = 290;
const AXIS_Y = 190;
const ARC_Y = 100;

/** What leads where, as drawn. */
export const RESIDUAL_BLOCK = [
  ["x", "first linear layer"],
  ["first linear layer", "first ReLU"],
  ["first ReLU", "second linear layer"],
  ["second linear layer", "+"],
  ["x", "+"],
  ["+", "second ReLU"],
  ["second ReLU", "y"],
] as const;

export function residualBlockPicture(title: string, smallPrint: string): string {
  const middle = { "text-anchor": "middle", "font-size": TEXT_SIZE };
  const box = (x: number, label: string, fill: string) =>
    element("rect", {
      x: x - 48,
      y: AXIS_Y - 20,
      width: 96,
      height: 40,
      rx: 4,
      fill,
      stroke: INK,
    }) + textAt(x, AXIS_Y + 5, label, middle);
  const arrow = (from: number, to: number) =>
    element("path", {
      d: `M${from} ${AXIS_Y}H${to - 7}m0 -4l7 4l-7 4z`,
      fill: INK,
      stroke: INK,
      "stroke-width": 1.4,
    });
  const [input, first, inner, second, sum, last, end] = [50, 150, 275, 400, 510, 610, 715];
  const skip = element("path", {
    d: `M75 ${AXIS_Y}V${ARC_Y}H${sum}V${AXIS_Y - 22}`,
    fill: "none",
    stroke: BLUE,
    "stroke-width": 2,
    "stroke-dasharray": "7 4",
  });
  const head = element("path", { d: `M${sum - 5} ${AXIS_Y - 24}h10l-5 9z`, fill: BLUE });
  return svgDocument(WIDTH, HEIGHT, [
    textAt(20, 20 + TITLE_SIZE, title, { "font-size": TITLE_SIZE, "font-weight": "bold" }),
    arrow(input + 10, first - 48),
    arrow(first + 48, inner - 48),
    arrow(inner + 48, second - 48),
    arrow(second + 48, sum - 15),
    arrow(sum + 15, last - 48),
    arrow(last + 48, end - 10),
    skip,
    head,
    textAt(input, AXIS_Y + 5, "x", middle),
    box(first, "Linear layer", "#deebf7"),
    box(inner, "ReLU", "#ffffff"),
    box(second, "Linear layer", "#deebf7"),
    element("circle", { cx: sum, cy: AXIS_Y, r: 15, fill: "#ffffff", stroke: INK }),
    textAt(sum, AXIS_Y + 6, "+", { ...middle, "font-size": 19 }),
    box(last, "ReLU", "#ffffff"),
    textAt(end, AXIS_Y + 5, "y", middle),
    textAt(inner, ARC_Y - 9, "the input, unchanged: x", middle),
    textAt(inner, AXIS_Y + 42, "what the layers make of it: F(x)", middle),
    textAt(sum + 18, AXIS_Y - 24, "F(x) + x", { "font-size": TEXT_SIZE }),
    textAt(20, HEIGHT - 18, smallPrint, { "font-size": SMALL_SIZE, fill: FAINT_INK }),
  ]);
}
