/** The bar, on a stream that says it is a terminal. */
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import type { Console } from "#lrn/cli/console.js";
import { progressBar } from "#lrn/cli/progress.js";
import { PLAIN } from "#lrn/output/palette.js";

const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";

function terminal({ quiet = false, isTTY = true } = {}) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  let text = "";
  stream.on("data", (part) => {
    text += part;
  });
  const stderr = { stream, terminal: isTTY, colours: PLAIN };
  return { console: { quiet, stderr } as unknown as Console, shown: () => text };
}

it("shows what is done, of how many, at what rate, and takes itself away", async () => {
  const { console, shown } = terminal();
  const bar = progressBar(console);
  bar.show({ done: 40, total: 100 });
  expect(shown()).toContain("40/100 trials | –/s");
  await new Promise((resolve) => setTimeout(resolve, 150));
  bar.show({ done: 90, total: 100 });
  await new Promise((resolve) => setTimeout(resolve, 150));
  bar.stop();
  const [, rate] = /90\/100 trials \| ([\d,]+)\/s/.exec(shown())!;
  // 50 in some 150 ms; those that were there before are no part of the rate.
  expect(Number(rate.replace(",", ""))).toBeGreaterThan(20);
  expect(Number(rate.replace(",", ""))).toBeLessThanOrEqual(50 / 0.14);
  expect(shown().split(HIDE_CURSOR)).toHaveLength(2);
  expect(shown().lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(shown().lastIndexOf("trials"));
});

it.each([
  ["where nothing is left", {}, { done: 5, total: 5 }],
  ["with --quiet", { quiet: true }, { done: 0, total: 5 }],
  ["where stderr is no terminal", { isTTY: false }, { done: 0, total: 5 }],
])("is not there %s", (_name, options, progress) => {
  const { console, shown } = terminal(options);
  const bar = progressBar(console);
  bar.show(progress);
  bar.stop();
  expect(shown()).toBe("");
});

it("leaves nothing behind that waits for the process's end", () => {
  const before = process.listenerCount("exit");
  const { console } = terminal();
  const bar = progressBar(console);
  bar.show({ done: 0, total: 5 });
  expect(process.listenerCount("exit")).toBe(before + 1);
  bar.stop();
  expect(process.listenerCount("exit")).toBe(before);
});
