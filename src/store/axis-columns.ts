/** A cell's axes as columns of SQL. */
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import type { Domain } from "../model/axis.js";
import type { Cell } from "../model/trial.js";
import { bound, REAL } from "./real-numbers.js";

type SqlValue = string | number;

const TYPES: Readonly<Record<Domain["kind"], "TEXT" | "INTEGER" | "REAL">> = {
  choice: "TEXT",
  "whole number": "INTEGER",
  "positive number": "REAL",
  number: "REAL",
  interval: "TEXT",
  text: "TEXT",
  texts: "TEXT",
  fields: "TEXT",
  alternatives: "TEXT",
};

export function columnOf(name: AxisName): string {
  return axisOf(name).column;
}

/** The column of a later axis: cells that were stored before it have its default. */
export function columnDefinition(name: AxisName): string {
  return `${typedColumn(name)} NOT NULL DEFAULT ${literal(toSql(axisOf(name).default))}`;
}

export function typedColumn(name: AxisName): string {
  const { column, domain } = axisOf(name);
  return `${column} ${TYPES[domain.kind]}`;
}

/** What a store of an earlier version lacks of `columns`: the defaults of later axes, named as these. */
export function laterColumns(columns: ReadonlySet<string>): string[] {
  return AXIS_NAMES.map(axisOf)
    .filter(({ founding, column }) => !founding && !columns.has(column))
    .map(({ column, default: usual }) => `${literal(toSql(usual))} AS ${column}`);
}

/** What stands for each axis's value in a statement that `cellValues` are bound to. */
export const PLACEHOLDERS: readonly string[] = AXIS_NAMES.map((name) =>
  isReal(name) ? REAL : "?",
);

/** @returns a value for each axis */
export function cellValues(cell: Cell): SqlValue[] {
  return AXIS_NAMES.map((name) =>
    isReal(name) ? bound(cell[name] as number)! : toSql(cell[name]),
  );
}

function isReal(name: AxisName): boolean {
  return TYPES[axisOf(name).domain.kind] === "REAL";
}

/** Damaged text stays as it is, and its cell is then not the one that its key names. */
export function cellOfRow(row: Readonly<Record<string, SqlValue>>): Cell {
  const values = AXIS_NAMES.map((name) => {
    const { column, domain, default: usual } = axisOf(name);
    const value = row[column];
    if (value === undefined) return [name, usual]; // of an earlier version
    return [name, isJson(domain, value) ? parsed(value) : value];
  });
  return Object.fromEntries(values);
}

/** A word that has parameters stands there with them. */
function isJson({ kind }: Domain, value: SqlValue): boolean {
  if (kind === "choice") return String(value)[0] === "{";
  return TYPES[kind] === "TEXT" && kind !== "text";
}

function toSql(value: unknown): SqlValue {
  return typeof value === "object" ? JSON.stringify(value) : (value as SqlValue);
}

function literal(value: SqlValue): string {
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function parsed(text: SqlValue): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
