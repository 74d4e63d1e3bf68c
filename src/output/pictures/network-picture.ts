/** Drawings of networks on one page, with its title and small print. */

import { neuronStates } from "../../model/neuron-states.js";
import { type DrawnNetwork, networkDiagram } from "./network-diagram.js";
import { neuronLegend } from "./neuron-marks.js";
import { FAINT_INK, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE } from "./style.js";
import { element, svgDocument, type TextWidth, textAt, wrapped } from "./svg.js";

export interface LabelledNetwork extends DrawnNetwork {
  /** Lines above the drawing. */
  readonly label: readonly string[];
}

export interface PictureText {
  /** What one sees. */
  readonly title: string;
  readonly notes: readonly string[];
  /** The thesis's number and the command. */
  readonly smallPrint: string;
  readonly textWidth: TextWidth;
}

const MARGIN = 20;
const GAP = 28;
const LABEL_LINE = 17;
const LEAST_WIDTH = 440;

/** @param rows networks that stand side by side, row by row */
export function networkPicture(
  rows: readonly (readonly LabelledNetwork[])[],
  { title, notes, smallPrint, textWidth }: PictureText,
): string {
  const panels = rows.map((row) => row.map((network) => panelOf(network, textWidth)));
  const rowWidth = (row: readonly Panel[]) =>
    row.reduce((sum, { width }) => sum + width, GAP * (row.length - 1));
  const inner = Math.max(LEAST_WIDTH, ...panels.map(rowWidth));

  const out: string[] = [];
  let y = MARGIN;
  const paragraph = (text: string, size: number, attributes: Record<string, string>) => {
    for (const line of wrapped(text, inner, textWidth, size, size === TITLE_SIZE)) {
      y += size * 1.3;
      out.push(textAt(MARGIN, y, line, { "font-size": size, ...attributes }));
    }
  };
  paragraph(title, TITLE_SIZE, { "font-weight": "bold" });
  // Columns stand below each other where every row has as many.
  const columnWidths = panels[0].map((_, column) =>
    Math.max(...panels.map((row) => (row.length === panels[0].length ? row[column].width : 0))),
  );
  for (const row of panels) {
    y += 18;
    const rowHeight = Math.max(...row.map(({ height }) => height));
    let x = MARGIN;
    row.forEach((panel, column) => {
      const centred = y + panel.labelHeight + (rowHeight - panel.height) / 2;
      out.push(
        element("g", { transform: `translate(${x} ${y})` }, ...panel.label),
        element("g", { transform: `translate(${x} ${centred})` }, ...panel.diagram),
      );
      x += (row.length === columnWidths.length ? columnWidths[column] : panel.width) + GAP;
    });
    y += rowHeight;
  }
  y += 6;
  const states = new Set(
    rows.flat().flatMap(({ dead = [], constant }) => neuronStates(dead, constant).flat()),
  );
  if (states.size > 0) {
    const behind = rows.flat().every(({ constant }) => constant === undefined);
    const legend = neuronLegend(states, textWidth, behind);
    out.push(element("g", { transform: `translate(${MARGIN} ${y})` }, ...legend.content));
    y += legend.height + 4;
  }
  for (const note of notes) paragraph(note, SMALL_SIZE, {});
  y += 4;
  paragraph(smallPrint, SMALL_SIZE, { fill: FAINT_INK });
  const columns = columnWidths.reduce((sum, width) => sum + width, GAP * (columnWidths.length - 1));
  return svgDocument(Math.ceil(Math.max(inner, columns) + 2 * MARGIN), Math.ceil(y + MARGIN), out);
}

interface Panel {
  readonly width: number;
  readonly height: number;
  readonly labelHeight: number;
  readonly label: readonly string[];
  readonly diagram: readonly string[];
}

function panelOf({ label, ...drawn }: LabelledNetwork, textWidth: TextWidth): Panel {
  const diagram = networkDiagram(drawn);
  const labelHeight = label.length * LABEL_LINE;
  const lines = label.map((line, i) =>
    textAt(0, (i + 0.8) * LABEL_LINE, line, {
      "font-size": TEXT_SIZE,
      "font-weight": i === 0 ? "bold" : undefined,
    }),
  );
  const labelWidth = Math.max(...label.map((line, i) => textWidth(line, TEXT_SIZE, i === 0)));
  return {
    width: Math.max(diagram.width, labelWidth),
    height: labelHeight + diagram.height,
    labelHeight,
    label: lines,
    diagram: diagram.content,
  };
}
