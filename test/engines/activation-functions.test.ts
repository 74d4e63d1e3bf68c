/** The reference engine's activation functions against PyTorch's, far from 0 and at 0 too. */
import { describe, expect, it } from "vitest";
import { activationFunction } from "#lrn/engines/reference/activation-functions.js";
import { float32, type Precision } from "#lrn/engines/reference/precision.js";
import { phraseOf } from "#lrn/model/trial.js";
import { pytorch } from "../fixtures/pytorch/fixtures.js";
import { float64 } from "./float64.js";

/** In units of max(1, |value|). */
const PRECISIONS: readonly [string, Precision, number][] = [
  ["float32", float32, 2e-7],
  ["float64", float64, 1e-14],
];

const ACTIVATIONS = pytorch.activations.map((of) => ({ ...of, title: phraseOf(of.activation) }));

describe.each(PRECISIONS)("in %s", (_, precision, bound) => {
  it.each(ACTIVATIONS)("$title", ({ activation, z, values, derivatives }) => {
    const slope = () => 0.25;
    const f = activationFunction(activation, precision, slope);
    z.forEach((at, i) => {
      const value = f.value(at);
      const off = Math.abs(value - values[i]) / Math.max(1, Math.abs(values[i]));
      expect(off, `f(${at})`).toBeLessThanOrEqual(bound);
      expect(Math.abs(f.backward(1, at, value) - derivatives[i]), `f'(${at})`).toBeLessThanOrEqual(
        bound,
      );
    });
  });
});
