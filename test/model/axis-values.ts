/** Values of any axis, by the rules of the table of axes alone. */
import fc from "fast-check";
import { AXIS_NAMES, type AxisName, axisOf } from "#lrn/model/axes.js";
import type { Domain } from "#lrn/model/axis.js";
import type { Cell } from "#lrn/model/trial.js";

function valuesIn(domain: Domain): fc.Arbitrary<unknown> {
  switch (domain.kind) {
    case "choice":
      return fc.constantFrom(...Object.keys(domain.names));
    case "whole number":
      return fc.integer({ min: domain.min, max: domain.max });
    case "positive number":
      return fc.double({ min: 1e-30, max: domain.max, noNaN: true });
    case "fields": {
      const fields = Object.entries(domain.fields);
      return fc.record(
        Object.fromEntries(fields.map(([name, { domain }]) => [name, valuesIn(domain)])),
      );
    }
  }
}

export function valuesOf(name: AxisName): fc.Arbitrary<unknown> {
  return valuesIn(axisOf(name).domain);
}

export const anyCell = fc.record(
  Object.fromEntries(AXIS_NAMES.map((name) => [name, valuesOf(name)])),
) as unknown as fc.Arbitrary<Cell>;

/** Two cells that differ in this axis alone. */
export function pairsDifferingIn(name: AxisName): fc.Arbitrary<readonly [Cell, Cell]> {
  return fc
    .tuple(anyCell, valuesOf(name))
    .filter(([cell, value]) => JSON.stringify(cell[name]) !== JSON.stringify(value))
    .map(([cell, value]) => [cell, { ...cell, [name]: value }] as const);
}
