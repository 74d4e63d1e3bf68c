/** Renders a Vega-Lite specification to SVG, without a browser. */
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "../svg-renderer.js";

/** Without a canvas Vega only guesses how wide a text is, far too wide; it lets the guess be replaced. */
const { textMetrics } = vega as unknown as {
  textMetrics: {
    width(item: { fontSize?: number; fontWeight?: string | number }, text: unknown): number;
  };
};
textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
  textWidth(String(text ?? ""), fontSize, fontWeight === "bold");

/** @throws Error where Vega-Lite or Vega has a warning: a chart that we specified must give none */
export async function chartSvg(spec: TopLevelSpec): Promise<string> {
  const warnings: unknown[] = [];
  const strict: vega.LoggerInterface = vega.logger(
    vega.Warn,
    undefined,
    (_method, _level, input) => {
      warnings.push(...input);
    },
  );
  const { spec: vegaSpec } = compile(spec, { logger: strict });
  const view = new vega.View(vega.parse(vegaSpec), { renderer: "none", logger: strict });
  const svg = await view.toSVG();
  view.finalize();
  if (warnings.length > 0) throw new Error(`the chart's specification: ${warnings.join("; ")}`);
  return svg;
}
