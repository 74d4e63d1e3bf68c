/** What views of a store for queries are made of. No Node module is behind it. */

/** What queries are made on, beside the store's own tables. */
export interface Views {
  /**
   * Makes temporary views and tables; they find every axis in `cell` and every column in `trial`, also
   * in a store of an earlier version. Values of a column that is declared BOOLEAN come as true or false.
   */
  readonly sql: string;
  /** Functions of numbers that the views use, by their names in SQL. */
  readonly functions?: Readonly<Record<string, (...values: number[]) => number | null>>;
}

/**
 * SQL for a view: the rows of `trial` that the sweep asks for of the row of `asked` named `cell`. Both
 * tables are there for every query; `asked` has a row for each cell, also those without a trial, whose
 * `id` is null.
 */
export const IS_ASKED = `trial.cell = cell.id AND trial.seed < cell.seeds_end
  AND (NOT cell.listed OR trial.seed IN (SELECT seed FROM asked_seed))`;
