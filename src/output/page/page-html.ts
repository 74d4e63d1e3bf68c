/** A page as one file: its styles, scripts, the kernel and what it shows, all inside. */
import { createHash } from "node:crypto";
import { base64Of } from "./packed-columns.js";
import type { PageData } from "./page-data.js";

export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The fused engine's, compiled: the same as the command line's. */
  readonly kernel: Uint8Array;
}

/**
 * It loads nothing and reaches no network: its policy allows this one script and this one style by their hashes, and a
 * worker of the script itself. Whatever text the data have is data to the browser.
 *
 * @param title as text
 */
export function pageHtml(title: string, data: PageData, parts: PageParts): string {
  const { script, style, kernel } = parts;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    "worker-src blob:",
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${asText(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><p>This page trains networks as one watches, and needs JavaScript for it.</p></noscript></div>
<script type="application/json" id="data">${asJson(data)}</script>
<script type="text/plain" id="kernel">${base64Of(kernel)}</script>
<script id="script">${script}</script>
</body>
</html>
`;
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/** No text in it can end the element that it stands in. */
function asJson(data: PageData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function asText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character]);
}
