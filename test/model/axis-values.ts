/** Values of any axis, by the rules of the table of axes alone. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { AXIS_NAMES, type AxisName, axisOf } from "#lrn/model/axes.js";
import type { Domain } from "#lrn/model/axis.js";
import { sameValue } from "#lrn/model/cells.js";
import { type Cell, type DatasetSpec, isOfFile } from "#lrn/model/trial.js";
import { anyCharacters } from "../any-text.js";

function valuesIn(domain: Domain): fc.Arbitrary<unknown> {
  switch (domain.kind) {
    case "choice":
      return fc.constantFrom(...Object.keys(domain.names)).chain((name) => {
        const parameters = Object.entries(domain.parameters?.[name] ?? {});
        if (parameters.length === 0) return fc.constant(name);
        const values = parameters.map(([parameter, { domain }]) => [parameter, valuesIn(domain)]);
        return fc.record({ name: fc.constant(name), ...Object.fromEntries(values) });
      });
    case "whole number":
      return fc.integer({ min: domain.min, max: domain.max });
    case "positive number":
      return fc.double({ min: 1e-30, max: domain.max, noNaN: true });
    case "number":
      return fc.double({ min: domain.min, max: domain.max, noNaN: true }).map((value) => value + 0);
    case "interval":
      return fc
        .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 50 }))
        .map(([low, width]) => [low, low + width]);
    case "text":
      return textsOf(domain.pattern);
    case "texts":
      return fc.uniqueArray(valuesIn(domain.each), { minLength: 1, maxLength: 4 });
    case "alternatives":
      return fc.oneof(...domain.of.map(valuesIn)).map((value) => asRead(value as DatasetSpec));
    case "fields": {
      const fields = Object.entries(domain.fields);
      const isRequired = (name: string) => domain.fields[name].default === undefined;
      return fc
        .record(Object.fromEntries(fields.map(([name, { domain }]) => [name, valuesIn(domain)])), {
          requiredKeys: fields.map(([name]) => name).filter(isRequired),
        })
        .map((given) => withoutDefaults(given, domain));
    }
  }
}

/** Where almost any text matches, any is taken: fast-check's own would make a table of all characters first. */
function textsOf(pattern: RegExp): fc.Arbitrary<string> {
  if (!pattern.test("é ☃ 👩‍🔬")) return fc.stringMatching(pattern);
  return anyCharacters().filter((text) => pattern.test(text) && !/\p{Surrogate}/u.test(text));
}

/** What a file says of itself goes with its columns: other columns have another hash, and so other rows. */
function asRead(spec: DatasetSpec): DatasetSpec {
  if (!isOfFile(spec)) return spec;
  const { inputs, targets, sha256, testSamples = 0 } = spec;
  const hash = createHash("sha256").update(JSON.stringify([inputs, targets, sha256]));
  return { ...spec, samples: 100_000 - Math.min(testSamples, 99_998), sha256: hash.digest("hex") };
}

/** As rules give them: a field at its default is left out. */
function withoutDefaults(given: object, { fields }: Extract<Domain, { kind: "fields" }>): object {
  const entries = Object.entries(given).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(fields[name].default),
  );
  return Object.fromEntries(entries);
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
    .filter(([cell, value]) => !sameValue(cell[name], value))
    .map(([cell, value]) => [cell, { ...cell, [name]: value }] as const);
}
