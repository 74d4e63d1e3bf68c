/** The font that a package brings, so that a server without one draws text, and the same everywhere. */
import { fileURLToPath } from "node:url";
import { type RenderedImage, Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { FONT_FAMILY } from "./style.js";
import type { TextWidth } from "./svg.js";

const [REGULAR, BOLD] = ["400Regular", "700Bold"].map((weight) =>
  fileURLToPath(
    import.meta.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`),
  ),
);

function withFonts(...fontFiles: string[]): ResvgRenderOptions {
  return { font: { fontFiles, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY } };
}

/** @param scale pixels of the picture for each of the SVG's */
export function renderSvg(svg: string, scale = 1.5): RenderedImage {
  const fitTo = { mode: "zoom", value: scale } as const;
  return new Resvg(svg, { ...withFonts(REGULAR, BOLD), fitTo }).render();
}

const MEASURED_SIZE = 100;
const widths = new Map<string, number>();

export const textWidth: TextWidth = (text, size, bold = false) => {
  const key = `${bold ? "bold" : "regular"} ${text}`;
  const known = widths.get(key) ?? measured(text, bold);
  widths.set(key, known);
  return (known * size) / MEASURED_SIZE;
};

function measured(text: string, bold: boolean): number {
  const content = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">` +
    `<text font-family="${FONT_FAMILY}" font-size="${MEASURED_SIZE}"` +
    `${bold ? ' font-weight="bold"' : ""}>${content}</text></svg>`;
  // Reading the other font would take as long as all else.
  return new Resvg(svg, withFonts(bold ? BOLD : REGULAR)).getBBox()?.width ?? 0;
}
