/** The bar, on a stream that says it is a terminal, and the lines elsewhere. */
import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openConsole, quietened } from "#lrn/cli/console.js";
import { UNINTERRUPTED } from "#lrn/cli/interrupts.js";
import { progressBar } from "#lrn/cli/progress.js";
import { progressLine } from "#lrn/cli/progress-text.js";

const CLEAR = "\r\u001b[K";

beforeEach(() => {
  vi.useFakeTimers();
  for (const [name, value] of [
    ["TERM", "xterm"],
    ["NO_COLOR", "1"],
    ["CI", undefined],
  ] as const) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function watched({ quiet = false, isTTY = true, columns = 100 } = {}) {
  let text = "";
  const stream = new Writable({
    write(part, _encoding, done) {
      text += part;
      done();
    },
  });
  const stderr = Object.assign(stream, isTTY && { isTTY, columns });
  const { console } = openConsole({ stdout: stderr, stderr }, UNINTERRUPTED);
  return { bar: progressBar(quiet ? quietened(console) : console), shown: () => text };
}

const progress = (done: number, total: number, secondsLeft: number, atMost = false) => ({
  ...{ done, total, secondsLeft, atMost },
});

it("begins with the estimate and no rate, then has the rate that was measured", () => {
  const { bar, shown } = watched();
  bar.show(progress(40, 100, 90));
  expect(shown()).toMatch(/40\/100 trials, 90 s left$/);
  vi.advanceTimersByTime(2000);
  expect(shown()).toMatch(/40\/100 trials, 88 s left$/); // seconds go by
  bar.show(progress(90, 100, 7));
  vi.advanceTimersByTime(500);
  // 50 in 2.5 s; those that were there before are no part of the rate.
  expect(shown()).toMatch(/90\/100 trials, 20\/s, 6\.5 s left$/);
  bar.stop();
  expect(shown().endsWith(CLEAR)).toBe(true);
});

it("hides no cursor and stops no line from wrapping, so that no way out leaves them so", () => {
  const { bar, shown } = watched();
  bar.show(progress(0, 100, 90));
  vi.advanceTimersByTime(1000);
  bar.interrupted("Finishing.");
  expect(shown()).not.toContain("\u001b[?");
});

it("is cleared at the first Ctrl-C, and stays away", () => {
  const { bar, shown } = watched();
  bar.show(progress(0, 100, 90));
  bar.interrupted("Finishing.");
  expect(shown().endsWith(`${CLEAR}Finishing.\n`)).toBe(true);
  const before = shown();
  bar.show(progress(50, 100, 40));
  vi.advanceTimersByTime(60_000);
  expect(shown()).toBe(before);
});

it("makes way for a note", () => {
  const { bar, shown } = watched();
  bar.show(progress(0, 100, 90));
  bar.note("Workers are given up.");
  expect(shown().endsWith(`left${CLEAR}Workers are given up.\n`)).toBe(true);
});

it("where the estimate is over, it takes as long again", () => {
  const { bar, shown } = watched();
  bar.show(progress(0, 100, 5));
  vi.advanceTimersByTime(30_000);
  expect(shown()).toMatch(/0\/100 trials, 30 s left$/);
  bar.stop();
});

it("says no time once all is trained: what is written then takes its own", () => {
  const { bar, shown } = watched({ isTTY: false });
  bar.show(progress(0, 100, 90));
  bar.show(progress(100, 100, 0));
  vi.advanceTimersByTime(20_002);
  expect(shown()).toMatch(
    /^100\/100 trials, [\d.]+\/s, finishing\n100\/100 trials, [\d.]+\/s, finishing\n$/,
  );
  bar.stop();
});

it.each([60, 80, 120])("nothing is cut at %i columns, Ctrl-C's echo included", (columns) => {
  const { bar, shown } = watched({ columns });
  bar.show(progress(9_000_000, 10_000_000, 6000));
  vi.advanceTimersByTime(1000);
  bar.show(progress(9_123_456, 10_000_000, 6000));
  vi.advanceTimersByTime(1000);
  bar.stop();
  for (const line of shown().split(CLEAR)) expect(line.length).toBeLessThanOrEqual(columns - 3);
  expect(shown()).toContain("9,123,456/10,000,000 trials, 61,728/s, 100 min left");
});

it.each([
  [60, "██░░░░░ 1,240/at most 3,360 trials, 531/s, at most 12 s left"],
  [45, "1,240/at most 3,360 trials, at most 12 s left"],
  [40, "1,240/at most 3,360, at most 12 s left"],
  [20, "██░░░░░ 1,240 trials"],
])("says what fits %i columns", (columns, line) => {
  const shown = { ...progress(1240, 3360, 12, true), rate: 531 };
  expect(progressLine(shown, columns)).toBe(line);
});

it("in a pipe is a line every ten seconds, without codes", () => {
  const { bar, shown } = watched({ isTTY: false });
  bar.show(progress(0, 100, 90));
  vi.advanceTimersByTime(9999);
  expect(shown()).toBe("");
  bar.show(progress(20, 100, 40));
  vi.advanceTimersByTime(10_002);
  expect(shown().split("\n")).toEqual([
    "20/100 trials, 2.0/s, 40 s left",
    "20/100 trials, 1.0/s, 30 s left",
    "",
  ]);
  bar.stop();
});

it.each([
  ["where nothing is left", {}, progress(5, 5, 0)],
  ["with --quiet", { quiet: true }, progress(0, 5, 1)],
])("is not there %s", (_name, options, first) => {
  const { bar, shown } = watched(options);
  bar.show(first);
  vi.advanceTimersByTime(20_000);
  bar.stop();
  expect(shown()).toBe("");
});

it("leaves nothing behind that waits for the process's end", () => {
  const before = process.listenerCount("exit");
  const { bar } = watched();
  bar.show(progress(0, 5, 1));
  expect(process.listenerCount("exit")).toBe(before + 1);
  bar.stop();
  expect(process.listenerCount("exit")).toBe(before);
  expect(vi.getTimerCount()).toBe(0);
});
