/** Of a page's text, by a parser of its own: what a browser would take for the ends of its elements. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pageHtml } from "#lrn/output/page/page-html.js";
import { anyCharacters } from "../../any-text.js";

const PARTS = { script: "run()", style: "p{}", kernel: Uint8Array.of(0, 97, 115, 109) };
const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "</title>",
  "]]>",
  "\u2028",
  "$& $1 $`",
];

const htmlOf = (text: string) =>
  pageHtml(text, { lrn: text, files: {}, startingPoints: [] }, PARTS);

/** What is between the beginning of an element and the first end of it. */
function contentOf(html: string, beginning: string): string {
  const [, rest] = html.split(beginning);
  return rest.slice(0, rest.search(/<\/(script|style|title)/i));
}

const anyText = fc.oneof(
  anyCharacters(),
  fc.array(fc.constantFrom(...HOSTILE)).map((parts) => parts.join("")),
);

it("whatever the data say, they are read back, and no element begins or ends in them", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const html = htmlOf(text);
      const json = contentOf(html, '<script type="application/json" id="data">');
      expect(JSON.parse(json)).toEqual({ lrn: text, files: {}, startingPoints: [] });
      expect(json).not.toContain("<");
      expect(contentOf(html, "<title>")).not.toMatch(/[<>]/);
    }),
  );
});

it("a title is the text", () => {
  for (const text of HOSTILE) {
    const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
    const title = contentOf(htmlOf(text), "<title>");
    expect(title.replace(/&\w+;/g, (entity) => entities[entity])).toBe(text);
  }
});

it("its policy allows its own script and style, by their hashes, and nothing else", () => {
  const html = htmlOf("x");
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const rules = Object.fromEntries(
    policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]),
  );
  expect(rules).toEqual({
    "default-src": "'none'",
    "script-src": `${hash("run()")} 'wasm-unsafe-eval'`,
    "worker-src": "blob:",
    "style-src": hash("p{}"),
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
  });
  // It stands before everything that it is to hold for.
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.search(/<(style|script|link)/));
});
