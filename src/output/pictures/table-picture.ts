/** A figure's table as SVG. */
import {
  DIFFERS,
  type FigureTable,
  type FigureTableRow,
  type Pair,
  withReach,
} from "../tables/figure-table.js";
import { FAINT_INK, INK, RULE, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE } from "./style.js";
import { element, svgDocument, type TextWidth, textAt, wrapped } from "./svg.js";

const MARGIN = 20;
const ROW = 22;
const LABEL_WIDTH = 98;
const LEAST_NUMBER_WIDTH = 62;
const NUMBER_PADDING = 10;
/** A narrow table's number columns share what its labels leave of this. */
const LEAST_WIDTH = 560;

/** Light backgrounds behind dark text; the row's labels say in words what they mean. */
const TONES: Record<FigureTableRow["tone"], { fill: string; ink: string; weight?: string }> = {
  plain: { fill: "#e2f3ea", ink: INK },
  "late-residual": { fill: "#deebf7", ink: INK },
  total: { fill: "#ffffff", ink: "#b00000", weight: "bold" },
  neutral: { fill: "#ffffff", ink: INK },
};

/** Where columns stand. */
interface Columns {
  /** Of one number, ours or the thesis's. */
  readonly numberWidth: number;
  /** The left edge of each group. */
  readonly groupX: readonly number[];
  readonly right: number;
}

/** @param smallPrint the thesis's number and the command */
export function tablePicture(table: FigureTable, smallPrint: string, textWidth: TextWidth): string {
  const columns = columnsOf(table, textWidth);
  const width = columns.right + MARGIN;
  const out: string[] = [];
  let y = MARGIN;
  const paragraph = (text: string, size: number, attributes: Record<string, string>) => {
    for (const line of wrapped(text, width - 2 * MARGIN, textWidth, size, size === TITLE_SIZE)) {
      y += size * 1.3;
      out.push(textAt(MARGIN, y, line, { "font-size": size, ...attributes }));
    }
  };
  paragraph(table.title, TITLE_SIZE, { "font-weight": "bold" });
  paragraph(table.subtitle, TEXT_SIZE, { fill: FAINT_INK });
  y += 10;

  const top = y;
  const rowsTop = head(out, table, columns, top);
  y = rowsTop;
  for (const row of table.rows) {
    drawRow(out, row, table, columns, y);
    y += ROW;
  }
  for (const x of [MARGIN, ...columns.groupX, columns.right]) out.push(line(x, top, x, y, RULE));
  for (const edge of [top, rowsTop, y]) out.push(line(MARGIN, edge, columns.right, edge, INK));

  y += 6;
  for (const note of table.notes) paragraph(note, SMALL_SIZE, {});
  y += 4;
  paragraph(smallPrint, SMALL_SIZE, { fill: FAINT_INK });
  return svgDocument(Math.ceil(width), Math.ceil(y + MARGIN), out);
}

/** Every number column is as wide as the longest number needs, or as the least width leaves for it. */
function columnsOf({ labels, groups, rows }: FigureTable, textWidth: TextWidth): Columns {
  const numbers = rows.flatMap(({ parts }) => parts.flatMap(({ pairs }) => pairs.map(withReach)));
  const longest = numbers.reduce((a, b) => (b.length > a.length ? b : a), "");
  const needed = Math.ceil(textWidth(longest, TEXT_SIZE, true)) + 2 * NUMBER_PADDING;
  const count = groups.reduce((sum, { measures }) => sum + 2 * measures.length, 0);
  let right = MARGIN + labels.length * LABEL_WIDTH;
  const share = Math.floor((LEAST_WIDTH - MARGIN - right) / count);
  const numberWidth = Math.max(LEAST_NUMBER_WIDTH, needed, share);
  const groupX: number[] = [];
  for (const { measures } of groups) {
    groupX.push(right);
    right += measures.length * 2 * numberWidth;
  }
  return { numberWidth, groupX, right };
}

/** @returns where the first row begins */
function head(
  out: string[],
  { labels, groups }: FigureTable,
  { numberWidth, groupX }: Columns,
  top: number,
): number {
  const named = groups.some(({ name }) => name);
  const measureTop = top + (named ? ROW : 0);
  const bottom = measureTop + 2 * ROW;
  const bold = { "font-size": TEXT_SIZE, "font-weight": "bold" };
  const middle = { "font-size": TEXT_SIZE, "text-anchor": "middle" };
  const small = { "font-size": SMALL_SIZE, "text-anchor": "end", fill: FAINT_INK };
  labels.forEach((label, i) => {
    out.push(textAt(MARGIN + i * LABEL_WIDTH + 8, bottom - 7, label, bold));
  });
  groups.forEach(({ name, measures }, group) => {
    const left = groupX[group];
    const width = measures.length * 2 * numberWidth;
    if (name) {
      out.push(
        textAt(left + width / 2, top + 15, name, { ...middle, ...bold }),
        line(left, measureTop, left + width, measureTop, RULE),
      );
    }
    measures.forEach((measure, i) => {
      const x = left + i * 2 * numberWidth;
      out.push(
        textAt(x + numberWidth, measureTop + 16, measure, middle),
        textAt(x + numberWidth - NUMBER_PADDING, bottom - 7, "ours", small),
        textAt(x + 2 * numberWidth - NUMBER_PADDING, bottom - 7, "thesis", small),
      );
    });
  });
  return bottom;
}

function drawRow(
  out: string[],
  { tone, labels, parts }: FigureTableRow,
  { groups }: FigureTable,
  { numberWidth, groupX, right }: Columns,
  top: number,
): void {
  const { fill, ink, weight } = TONES[tone];
  const style = { "font-size": TEXT_SIZE, fill: ink, "font-weight": weight };
  const y = top + 15;
  out.push(element("rect", { x: MARGIN, y: top, width: right - MARGIN, height: ROW, fill }));
  labels.forEach((label, i) => {
    out.push(textAt(MARGIN + i * LABEL_WIDTH + 8, y, label, style));
  });
  parts.forEach(({ pairs, rest }, group) => {
    const left = groupX[group];
    pairs.forEach((pair, i) => {
      drawPair(out, pair, left + i * 2 * numberWidth, numberWidth, top, style);
    });
    if (rest) {
      const middle = left + (pairs.length + groups[group].measures.length) * numberWidth;
      const faint = { "font-size": SMALL_SIZE, fill: FAINT_INK, "text-anchor": "middle" };
      out.push(textAt(middle, y, rest, faint));
    }
  });
}

/** Ours, then the thesis's; a pair that differs is framed, and ours is bold with a star behind it. */
function drawPair(
  out: string[],
  pair: Pair,
  x: number,
  width: number,
  top: number,
  style: Record<string, string | number | undefined>,
): void {
  const { thesis, differs } = pair;
  const y = top + 15;
  const [oursEnd, thesisEnd] = [x + width - NUMBER_PADDING, x + 2 * width - NUMBER_PADDING];
  const weight = differs ? "bold" : style["font-weight"];
  const end = { ...style, "text-anchor": "end" };
  out.push(textAt(oursEnd, y, withReach(pair), { ...end, "font-weight": weight }));
  out.push(textAt(thesisEnd, y, thesis, end));
  if (differs) {
    const frame = { x: x + 2, y: top + 2, width: 2 * width - 6, height: ROW - 4 };
    out.push(textAt(oursEnd + 1, y, DIFFERS, { ...style, "font-weight": weight }));
    out.push(element("rect", { ...frame, fill: "none", stroke: INK, "stroke-width": 1.2 }));
  }
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return element("line", { x1, y1, x2, y2, stroke });
}
