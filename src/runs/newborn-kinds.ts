/** Kinds of networks that `lrn risk` is asked about, and what tells them apart. */
import canonicalize from "canonicalize";
import { hiddenLike, type Newborn } from "../analysis/applicable-bounds.js";
import { axisOf, BORN_AXES, type BornAxis, firstOf } from "../model/axes.js";
import { pick, sameValue, valueText } from "../model/cells.js";
import type { Connection } from "../model/trial.js";
import { visible } from "../output/visible.js";

/** Networks that are born alike: they differ at most in what their output reads. */
export interface Kind {
  readonly newborn: Newborn;
  readonly connections: readonly Connection[];
}

/** Those come first that people compare most. */
export const COMPARED_AXES = firstOf<BornAxis>(
  ["depth", "width", "initialization", "bias", "activation", "connection", "dataset"],
  BORN_AXES,
);

export function varyingAxes(kinds: readonly Kind[]): BornAxis[] {
  return COMPARED_AXES.filter((name) =>
    kinds.some((kind) => !sameValue(valueIn(kind, name), valueIn(kinds[0], name))),
  );
}

/** Connections whose hidden layers are alike are one value. */
export function valueIn({ newborn, connections }: Kind, name: BornAxis): unknown {
  return name === "connection" ? connections.join(" or ") : newborn[name];
}

/** `width 2, he-normal` */
export function labelOf(kind: Kind, names: readonly BornAxis[]): string {
  const labels = names.map((name) => {
    const value = valueIn(kind, name);
    if (name === "connection") return String(value);
    return name === "initialization" ? valueText(name, value) : axisOf(name).phrase(value);
  });
  return visible(labels.join(", "));
}

/** Each kind once, in the order in which they come. */
export function kindsAmong(cells: readonly Newborn[]): Kind[] {
  const kinds = new Map<string, { newborn: Newborn; connections: Connection[] }>();
  for (const cell of cells) {
    const newborn = pick(cell, BORN_AXES) as Newborn;
    const key = canonicalize({ ...newborn, connection: hiddenLike(cell.connection) })!;
    const kind = kinds.get(key);
    if (!kind) kinds.set(key, { newborn, connections: [cell.connection] });
    else if (!kind.connections.includes(cell.connection)) kind.connections.push(cell.connection);
  }
  return [...kinds.values()];
}
