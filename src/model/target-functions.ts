/** The functions that networks are to learn, and how many inputs and outputs each has. */
import { sin } from "./sine.js";
import type { TargetFunction } from "./trial.js";

interface Target {
  readonly inputs: number;
  readonly outputs: number;
  /** @param x [inputs]; @returns [outputs] */
  readonly evaluate: (x: readonly number[]) => readonly number[];
}

function ofOne(evaluate: (x: number) => number): Target {
  return { inputs: 1, outputs: 1, evaluate: ([x]) => [evaluate(x)] };
}

/**
 * |x| is the thesis's (section 3.1); the two that oscillate and the one of two inputs are those of Lu,
 * Shin, Su & Karniadakis 2020, "Dying ReLU and Initialization".
 */
export const TARGETS: Readonly<Record<TargetFunction, Target>> = {
  abs: ofOne(Math.abs),
  "x-sin-5x": ofOne((x) => x * sin(5 * x)),
  "step-plus-sine": ofOne((x) => (x > 0 ? 1 : 0) + 0.2 * sin(5 * x)),
  square: ofOne((x) => x * x),
  "abs-sum-difference": {
    inputs: 2,
    outputs: 2,
    evaluate: ([a, b]) => [Math.abs(a + b), Math.abs(a - b)],
  },
};
