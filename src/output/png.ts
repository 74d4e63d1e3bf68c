/** SVG to PNG, with the font that a package brings: a bare server has none. */
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { FONT_FAMILY } from "./style.js";

const FONT_FILES = ["400Regular", "700Bold"].map((weight) =>
  fileURLToPath(
    import.meta.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`),
  ),
);

/** @param scale pixels of the PNG for each of the SVG's */
export function pngOf(svg: string, scale = 2): Uint8Array {
  const picture = new Resvg(svg, {
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
    fitTo: { mode: "zoom", value: scale },
  });
  return picture.render().asPng();
}
