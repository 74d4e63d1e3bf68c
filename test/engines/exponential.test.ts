/** exp, expm1 and the normal distribution function, of the reference and of the kernel. */

import * as vega from "vega";
import { describe, expect, it } from "vitest";
import { EXP, EXPM1, NORMAL_CDF, RELU } from "#lrn/engines/fused/codes.js";
import { indexOf, type Kernel, LANES } from "#lrn/engines/fused/kernel.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { exp, expm1, normalCdf } from "#lrn/engines/reference/exponential.js";

/** Its types leave it out. */
const { cumulativeNormal } = vega as unknown as { cumulativeNormal: (x: number) => number };

/** `most` is the most units in the last place that a value may be off; Vega's own is up to 0.15 off. */
const FUNCTIONS = [
  { name: "exp", code: EXP, ours: exp, truth: Math.exp, most: 2 },
  { name: "expm1", code: EXPM1, ours: expm1, truth: Math.expm1, most: 2 },
  { name: "normalCdf", code: NORMAL_CDF, ours: normalCdf, truth: cumulativeNormal, most: 1 },
];

/** A prime: the inputs are two million bit patterns, of every exponent, with last bits of all kinds. */
const STRIDE = 2003;
/** Where something begins or ends; so many neighbours to each side are inputs too. */
const BORDERS = [
  0,
  Infinity,
  88.72284,
  -87.33655,
  -103.97208,
  -104,
  -18,
  -17.32868,
  -14.17,
  14.25,
].concat(
  [-5.4, 5.4, 1, -1],
  [-150, -2, -1, 0, 1, 127].map((n) => (n + 0.5) * Math.LN2),
);
const NEIGHBOURS = 500;

function denseInputs(): Float32Array {
  const patterns: number[] = [];
  for (let pattern = 0; pattern < 2 ** 32; pattern += STRIDE) patterns.push(pattern);
  for (const border of [...BORDERS, -0]) {
    const at = new Uint32Array(Float32Array.of(border).buffer)[0];
    for (let i = -NEIGHBOURS; i <= NEIGHBOURS; i++) patterns.push(at + i);
  }
  while (patterns.length % LANES !== 0) patterns.push(0);
  return new Float32Array(Uint32Array.from(patterns).buffer);
}

const inputs = denseInputs();
const kernel = new WebAssembly.Instance(await loadKernel()).exports as unknown as Kernel;

function byKernel(code: number, values: Float32Array): Float32Array {
  const elements = values.length / LANES;
  kernel.layOut(1, 1, 1, 1, elements, RELU, 1, 1, 0, 1, 0);
  expect(kernel.grow()).toBe(1);
  const at = indexOf(kernel.parameters);
  const memory = new Float32Array(kernel.memory.buffer, 4 * at, values.length);
  memory.set(values);
  kernel.applyFunction(code, 4 * at, elements);
  return memory.slice();
}

const double = new DataView(new ArrayBuffer(8));

/** What float32 numbers of a number's size differ by. */
function lastPlace(x: number): number {
  double.setFloat64(0, x);
  const exponent = ((double.getInt32(0) >> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, -126) - 23);
}

describe.each(FUNCTIONS)("$name", ({ code, ours, truth, most }) => {
  it(`is within ${most} ulp of the true value`, () => {
    let worst = { error: 0, x: 0 };
    const wrong: number[] = [];
    for (const x of inputs) {
      const actual = ours(x);
      const expected = truth(x);
      const rounded = Math.fround(expected);
      if (Number.isFinite(actual) && Number.isFinite(rounded)) {
        const error = Math.abs(actual - expected) / lastPlace(expected);
        if (error > worst.error) worst = { error, x };
      } else if (!Object.is(actual, rounded)) wrong.push(x);
    }
    expect(wrong).toEqual([]);
    expect(worst.error, `of ${worst.x}`).toBeLessThan(most);
  });

  it("is the same in the kernel, bit for bit", () => {
    const actual = byKernel(code, inputs);
    const different: number[] = [];
    for (let i = 0; i < inputs.length; i++) {
      if (!Object.is(actual[i], ours(inputs[i]))) different.push(inputs[i]);
    }
    expect(different).toEqual([]);
  });
});

it.each([
  [exp, 0, 1],
  [exp, -0, 1],
  [exp, -103, 2 ** -149],
  [exp, -104, 0],
  [exp, -Infinity, 0],
  [exp, 89, Infinity],
  [exp, Infinity, Infinity],
  [exp, NaN, NaN],
  [expm1, 0, 0],
  [expm1, -0, -0],
  [expm1, 2 ** -149, 2 ** -149],
  [expm1, -(2 ** -140), -(2 ** -140)],
  [expm1, -18, -1],
  [expm1, -Infinity, -1],
  [expm1, 89, Infinity],
  [expm1, Infinity, Infinity],
  [expm1, NaN, NaN],
  [normalCdf, 0, 0.5],
  [normalCdf, -0, 0.5],
  [normalCdf, Math.fround(-14.1), 2 ** -149],
  [normalCdf, -14.25, 0],
  [normalCdf, -Infinity, 0],
  [normalCdf, Infinity, 1],
  [normalCdf, NaN, NaN],
] as const)("%o of %d is %d", (ours, x, y) => {
  expect(ours(x)).toBe(y);
});
