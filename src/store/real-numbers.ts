/**
 * Numbers in columns of type REAL. The SQLite package takes a number that lies within 2^-52 of a whole
 * one for that whole number, so that a learning rate of 1e-20 would be stored as 0. Numbers are
 * therefore bound in units of 2^-100, which both sides convert without rounding.
 */

/** Stands for a number that `bound` gives, in a statement. */
export const REAL = "CAST(? AS REAL) / (1 << 50) / (1 << 50)";

/** @param value 0, or not below 1e-45 */
export function bound(value: number | null): number | null {
  return value === null ? null : value * 2 ** 100;
}
