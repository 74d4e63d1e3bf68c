/** Pieces of SVG as text. */
import { FONT_FAMILIES, INK } from "./style.js";

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its attributes escaped; one that is undefined is left out. Children stand as they are. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(numberText(value!))}"`)
    .join("");
  return children.length === 0
    ? `<${name}${list}/>`
    : `<${name}${list}>${children.join("")}</${name}>`;
}

export function textAt(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escaped(content));
}

/** A whole file: white, so that it can be read on a dark page too. */
export function svgDocument(width: number, height: number, content: readonly string[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": FONT_FAMILIES,
    fill: INK,
  };
  const background = element("rect", { width, height, fill: "#ffffff" });
  return `${element("svg", attributes, `\n${[background, ...content].join("\n")}\n`)}\n`;
}

/**
 * How wide a line of text is, in the unit of `size`: of its ink, so that blanks at its ends count
 * nothing. A server and a browser each have their own way to measure it.
 */
export type TextWidth = (text: string, size: number, bold?: boolean) => number;

/** How much wider the fonts are that a browser takes where ours is missing. */
const FALLBACK_FONTS_WIDTH = 1.12;

/**
 * Lines at most so wide, in a browser's own fonts too, broken between words; a longer word stands alone.
 * Measuring takes long, and more words are never narrower: so the most that fit are found by halving.
 */
export function wrapped(
  text: string,
  width: number,
  textWidth: TextWidth,
  size: number,
  bold = false,
): string[] {
  const lines: string[] = [];
  for (let words = text.split(" "); words.length > 0; ) {
    const fits = (count: number) =>
      textWidth(words.slice(0, count).join(" "), size, bold) * FALLBACK_FONTS_WIDTH <= width;
    let most = words.length > 1 && fits(words.length) ? words.length : 1;
    for (let tooMany = words.length; tooMany - most > 1; ) {
      const middle = (most + tooMany) >> 1;
      if (fits(middle)) most = middle;
      else tooMany = middle;
    }
    lines.push(words.slice(0, most).join(" "));
    words = words.slice(most);
  }
  return lines;
}

/** Two decimals are finer than any screen. */
function numberText(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}
