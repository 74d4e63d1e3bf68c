/** A figure's table as SVG. */
import {
  DIFFERS,
  type FigureTable,
  type FigureTableRow,
  type Pair,
  type RowPart,
} from "./figure-table.js";
import { FAINT_INK, INK, RULE, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE } from "./style.js";
import { element, svgDocument, textAt, wrapped } from "./svg.js";

const MARGIN = 20;
const ROW = 22;
const LABEL_WIDTH = 98;
/** Of one number, ours or the thesis's. */
const NUMBER_WIDTH = 62;
const LEAST_WIDTH = 680;

/** Light backgrounds behind dark text; the row's labels say in words what they mean. */
const TONES: Record<FigureTableRow["tone"], { fill: string; ink: string; weight?: string }> = {
  plain: { fill: "#e2f3ea", ink: INK },
  "late-residual": { fill: "#deebf7", ink: INK },
  total: { fill: "#ffffff", ink: "#b00000", weight: "bold" },
  neutral: { fill: "#ffffff", ink: INK },
};

/** @param smallPrint the thesis's number and the command */
export function tablePicture(table: FigureTable, smallPrint: string): string {
  const labelsWidth = table.labels.length * LABEL_WIDTH;
  const groupWidths = table.groups.map(({ measures }) => measures.length * 2 * NUMBER_WIDTH);
  const tableWidth = labelsWidth + groupWidths.reduce((sum, width) => sum + width, 0);
  const width = Math.max(LEAST_WIDTH, tableWidth + 2 * MARGIN);
  const out: string[] = [];
  let y = MARGIN;
  const paragraph = (text: string, size: number, attributes: Record<string, string>) => {
    for (const line of wrapped(text, width - 2 * MARGIN, size, size === TITLE_SIZE)) {
      y += size * 1.3;
      out.push(textAt(MARGIN, y, line, { "font-size": size, ...attributes }));
    }
  };
  paragraph(table.title, TITLE_SIZE, { "font-weight": "bold" });
  paragraph(table.subtitle, TEXT_SIZE, { fill: FAINT_INK });
  y += 10;

  const groupX = groupWidths.map(
    (_, group) =>
      MARGIN + labelsWidth + groupWidths.slice(0, group).reduce((sum, width) => sum + width, 0),
  );
  const top = y;
  y = head(out, table, groupX, y);
  for (const row of table.rows) {
    drawRow(out, row, groupX, groupWidths, tableWidth, y);
    y += ROW;
  }
  const right = MARGIN + tableWidth;
  for (const x of [...groupX.slice(labelsWidth > 0 ? 0 : 1), right, MARGIN]) {
    out.push(line(x, top, x, y, RULE));
  }
  out.push(line(MARGIN, top, right, top, INK), line(MARGIN, y, right, y, INK));

  y += 6;
  for (const note of table.notes) paragraph(note, SMALL_SIZE, { fill: INK });
  y += 4;
  paragraph(smallPrint, SMALL_SIZE, { fill: FAINT_INK });
  return svgDocument(width, Math.ceil(y + MARGIN), out);
}

/** @returns where the first row begins */
function head(out: string[], table: FigureTable, groupX: readonly number[], top: number): number {
  const named = table.groups.some(({ name }) => name);
  const measureTop = top + (named ? ROW : 0);
  const bottom = measureTop + 2 * ROW;
  const middle = { "font-size": TEXT_SIZE, "text-anchor": "middle" };
  table.labels.forEach((label, i) => {
    out.push(
      textAt(MARGIN + i * LABEL_WIDTH + 8, bottom - 7, label, {
        "font-size": TEXT_SIZE,
        "font-weight": "bold",
      }),
    );
  });
  table.groups.forEach(({ name, measures }, group) => {
    const width = measures.length * 2 * NUMBER_WIDTH;
    if (name) {
      out.push(
        textAt(groupX[group] + width / 2, top + 15, name, { ...middle, "font-weight": "bold" }),
        line(groupX[group], measureTop, groupX[group] + width, measureTop, RULE),
      );
    }
    measures.forEach((measure, i) => {
      const x = groupX[group] + i * 2 * NUMBER_WIDTH;
      out.push(textAt(x + NUMBER_WIDTH, measureTop + 16, measure, middle));
      ["ours", "thesis"].forEach((whose, side) => {
        const right = x + (side + 1) * NUMBER_WIDTH - 10;
        const attributes = { "font-size": SMALL_SIZE, "text-anchor": "end", fill: FAINT_INK };
        out.push(textAt(right, bottom - 7, whose, attributes));
      });
    });
  });
  out.push(line(MARGIN, bottom, groupX.at(-1)! + lastWidth(table), bottom, INK));
  return bottom;
}

function lastWidth({ groups }: FigureTable): number {
  return groups.at(-1)!.measures.length * 2 * NUMBER_WIDTH;
}

function drawRow(
  out: string[],
  row: FigureTableRow,
  groupX: readonly number[],
  groupWidths: readonly number[],
  tableWidth: number,
  top: number,
): void {
  const { fill, ink, weight } = TONES[row.tone];
  const style = { "font-size": TEXT_SIZE, fill: ink, "font-weight": weight };
  out.push(element("rect", { x: MARGIN, y: top, width: tableWidth, height: ROW, fill }));
  row.labels.forEach((label, i) => {
    out.push(textAt(MARGIN + i * LABEL_WIDTH + 8, top + 15, label, style));
  });
  row.parts.forEach(({ pairs, rest }: RowPart, group) => {
    pairs.forEach((pair, i) => {
      drawPair(out, pair, groupX[group] + i * 2 * NUMBER_WIDTH, top, style);
    });
    if (rest) {
      const from = groupX[group] + pairs.length * 2 * NUMBER_WIDTH;
      const middle = (from + groupX[group] + groupWidths[group]) / 2;
      out.push(
        textAt(middle, top + 15, rest, {
          "font-size": SMALL_SIZE,
          fill: FAINT_INK,
          "text-anchor": "middle",
        }),
      );
    }
  });
}

/** Ours, then the thesis's; a pair that differs is framed, and ours is bold with a star behind it. */
function drawPair(
  out: string[],
  { ours, thesis, differs }: Pair,
  x: number,
  top: number,
  style: Record<string, string | number | undefined>,
): void {
  const y = top + 15;
  const [oursEnd, thesisEnd] = [x + NUMBER_WIDTH - 10, x + 2 * NUMBER_WIDTH - 10];
  const weight = differs ? "bold" : style["font-weight"];
  const end = { ...style, "text-anchor": "end" };
  out.push(textAt(oursEnd, y, ours, { ...end, "font-weight": weight }));
  out.push(textAt(thesisEnd, y, thesis, end));
  if (differs) {
    const frame = { x: x + 2, y: top + 2, width: 2 * NUMBER_WIDTH - 6, height: ROW - 4 };
    out.push(textAt(oursEnd + 1, y, DIFFERS, { ...style, "font-weight": weight }));
    out.push(element("rect", { ...frame, fill: "none", stroke: INK, "stroke-width": 1.2 }));
  }
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return element("line", { x1, y1, x2, y2, stroke });
}
