/** What is compared with what: the cells of two arms, matched so that they differ in nothing but what is compared. */
import { AXIS_NAMES, type AxisName, axisOf, type PartialCell } from "../model/axes.js";
import { differingAxes, identityOf, pick, sameValue, valuesIn, valueText } from "../model/cells.js";
import { grouped } from "../model/grouped.js";
import type { Cell } from "../model/trial.js";

/** Cells that are compared as one: those with a value of an axis, or those of the grids of a name. */
export interface Arm {
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** A cell of the base, and the one that it is held against. */
export interface Stratum {
  /** What tells it from the others. */
  readonly axes: PartialCell;
  readonly base: Cell;
  readonly other: Cell;
}

export interface Matched {
  readonly strata: readonly Stratum[];
  /** What was left out, or matched with several; each a sentence without its end. */
  readonly notes: readonly string[];
}

/** The arms of an axis: one for each of its values, in the order of tables. */
export function armsOfAxis(cells: readonly Cell[], name: AxisName): Arm[] {
  return valuesIn(cells, name).map((value) => ({
    name: valueText(name, value),
    cells: cells.filter((cell) => sameValue(cell[name], value)),
  }));
}

/** Matches the cells of two values of an axis on all other axes. */
export function matchOnOthers(axis: AxisName, base: Arm, other: Arm): Matched {
  const others = differingAxes([...base.cells, ...other.cells]).filter((name) => name !== axis);
  const found = new Map(base.cells.map((cell) => [identityOf(pick(cell, others)), cell]));
  const strata = other.cells.flatMap((cell): Stratum[] => {
    const partner = found.get(identityOf(pick(cell, others)));
    return partner ? [{ axes: pick(cell, others), base: partner, other: cell }] : [];
  });
  return { strata, notes: unmatched(strata, base, other) };
}

/** A network's task and shape: what is compared with each of these may be tuned for it. */
const TASK: readonly AxisName[] = ["depth", "width", "dataset"];

/**
 * Matches the cells of two named grids. An axis tells an arm's cells apart where the arm has several values of it:
 * of depth, width and dataset in all, of any other axis for one of their combinations, so that a learning rate
 * that is tuned for each dataset tells nothing apart. Cells are matched on what tells apart those of both. What
 * tells apart those of one arm alone, the other is matched with each of; in what tells apart neither, arms may differ
 * freely: that is what makes them different.
 */
export function matchGrids(base: Arm, other: Arm): Matched {
  const [ofBase, ofOther] = [tellingApart(base.cells), tellingApart(other.cells)];
  const shared = AXIS_NAMES.filter((name) => ofBase.includes(name) && ofOther.includes(name));
  const partners = grouped(base.cells, (cell) => identityOf(pick(cell, shared)));
  const strata = other.cells.flatMap((cell) =>
    (partners.get(identityOf(pick(cell, shared))) ?? []).map(
      (partner): Stratum => ({
        axes: { ...pick(partner, ofBase), ...pick(cell, ofOther) },
        base: partner,
        other: cell,
      }),
    ),
  );
  const once = (one: Arm, several: Arm, names: readonly AxisName[]) =>
    names
      .filter((name) => !shared.includes(name))
      .map((name) => `${one.name} has ${oneOf(one, name)}, held against each of ${several.name}`);
  return {
    strata,
    notes: [
      ...once(base, other, ofOther),
      ...once(other, base, ofBase),
      ...unmatched(strata, base, other),
    ],
  };
}

/** `one depth, 1` */
function oneOf({ cells }: Arm, name: AxisName): string {
  const { label } = axisOf(name);
  const values = valuesIn(cells, name);
  return values.length === 1
    ? `one ${label}, ${valueText(name, values[0])}`
    : `one ${label} for each task`;
}

function tellingApart(cells: readonly Cell[]): AxisName[] {
  const task = TASK.filter((name) => valuesIn(cells, name).length > 1);
  const sameTask = [...grouped(cells, (cell) => identityOf(pick(cell, TASK))).values()];
  return AXIS_NAMES.filter((name) =>
    TASK.includes(name)
      ? task.includes(name)
      : sameTask.some((alike) => alike.some((cell) => !sameValue(cell[name], alike[0][name]))),
  );
}

/** Says which cells have no counterpart, by the values that one arm lacks where that explains it. */
function unmatched(strata: readonly Stratum[], base: Arm, other: Arm): string[] {
  const matched = new Set<Cell>(strata.flatMap((stratum) => [stratum.base, stratum.other]));
  return [
    [base, other],
    [other, base],
  ].flatMap(([arm, against]) => {
    const left = arm.cells.filter((cell) => !matched.has(cell));
    if (left.length === 0) return [];
    const kept = arm.cells.filter((cell) => matched.has(cell));
    const only = AXIS_NAMES.flatMap((name) => {
      const lost = valuesIn(left, name).filter(
        (value) => !kept.some((cell) => sameValue(cell[name], value)),
      );
      const texts = lost.map((value) => valueText(name, value)).join(", ");
      return kept.length > 0 && lost.length > 0 ? [`${axisOf(name).label} ${texts}`] : [];
    });
    const what = only.length > 0 ? ` (${only.join("; ")})` : "";
    const cells = left.length === 1 ? "cell" : "cells";
    return [
      `${left.length} ${cells} of ${arm.name}${what} left out, without a counterpart in ${against.name}`,
    ];
  });
}
