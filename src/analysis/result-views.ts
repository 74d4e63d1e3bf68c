/** The views for SQL: what the CSV files have, in their columns and then what those leave out; and all that a store has. */
import { AXIS_NAMES, axisOf } from "../model/axes.js";
import { ALWAYS_SHOWN } from "../model/cells.js";
import {
  columnOfNumber,
  isOfOneThreshold,
  LATER_NUMBERS,
  type LaterNumber,
  meanColumnOf,
} from "../model/outcome.js";
import { IS_ASKED, type Views } from "../store/views.js";
import { isSequential, rateOf, type StoppingRule } from "./cell-summaries.js";

const columnOf = (name: (typeof AXIS_NAMES)[number]) => axisOf(name).column;
const AXES = ALWAYS_SHOWN.map(columnOf).join(", ");
/** In the order of the axes: `epochs` and `dataset`, then those that came later. */
const OTHERS = AXIS_NAMES.filter((name) => !ALWAYS_SHOWN.includes(name)).map(columnOf);

/** Where the rows of two views come from. */
interface Source {
  /** In front of the views' names. */
  readonly prefix: "" | "all_";
  /** Cells, named `cell`. */
  readonly cells: string;
  /** When a row of `trial` is one of a row of `cell`. */
  readonly join: string;
  /** What is another number for every cell. */
  readonly number: string;
  readonly hasInterval: boolean;
}

/**
 * The views `trials` and `cells` of what the folder's sweep asks for, and `all_trials` and `all_cells` of
 * everything in its store, also what no sweep asks for any longer; there `epochs` and `dataset` tell cells
 * apart. Where what came of the trials ended them, `all_cells` has no intervals: beside those that count it
 * has others, which no rule of sampling describes.
 *
 * @param threshold the largest RMSE of a converged trial, in original units
 * @param rule what ends a cell's trials, where their number is not fixed
 */
export function resultViews(threshold: number, rule: StoppingRule = {}): Views {
  const asked = { cells: "asked AS cell", join: IS_ASKED, number: "cell.number" };
  const all = { cells: "cell", join: "trial.cell = cell.id", number: "cell.id" };
  const converged = `(state = 'trained' AND final_rmse <= ${threshold})`;
  // To rounding: a number in SQL's decimals may be read as a neighbour of the one that is stored.
  const isOfThreshold = `abs(threshold_rmse / ${threshold} - 1) < 1e-12`;
  const numbers = LATER_NUMBERS.map((name): LaterColumn => {
    const column = columnOfNumber(name);
    const isOfOne = isOfOneThreshold(name);
    return { name, read: isOfOne ? `CASE WHEN ${isOfThreshold} THEN ${column} END` : column };
  });
  const sources: Source[] = [
    { prefix: "", ...asked, hasInterval: true },
    { prefix: "all_", ...all, hasInterval: !isSequential(rule) },
  ];
  const limit = (end: "low" | "high") => (converged: number, trials: number) =>
    rateOf(converged, trials, rule)?.[end] ?? null;
  return {
    sql: TRUTH + sources.map((source) => viewsOf(source, converged, numbers)).join(""),
    functions: { rate_low: limit("low"), rate_high: limit("high") },
  };
}

/** SQLite has no truth values; a column is shown as one where it was declared so. */
const TRUTH = `
CREATE TEMP TABLE truth (value BOOLEAN PRIMARY KEY) WITHOUT ROWID;
INSERT INTO truth VALUES (0), (1);`;

/** A later number, and how SQL reads it off a row of `trial`. */
interface LaterColumn {
  readonly name: LaterNumber;
  readonly read: string;
}

function viewsOf(
  { prefix, cells, join, number, hasInterval }: Source,
  converged: string,
  numbers: readonly LaterColumn[],
): string {
  const meanOfConverged = (column: string) =>
    `avg(CASE WHEN ${converged} THEN ${column} END) AS ${column}_mean`;
  const interval = hasInterval
    ? "rate_low(converged, trials) AS rate_low, rate_high(converged, trials) AS rate_high"
    : "NULL AS rate_low, NULL AS rate_high";
  return `
CREATE TEMP VIEW ${prefix}trials AS
SELECT trial.key, ${AXES}, seed, epochs, engine, state, final_rmse,
       (SELECT value FROM truth WHERE value = ${converged}) AS converged,
       dead_neurons, dead_layers, train_ms, reason, ${OTHERS.filter((column) => column !== "epochs").join(", ")},
       ${numbers.map(({ name, read }) => `${read} AS ${columnOfNumber(name)}`).join(", ")}
FROM ${cells} JOIN trial ON ${join};

CREATE TEMP VIEW ${prefix}cells AS
SELECT ${AXES}, trials, converged, CAST(converged AS REAL) / trials AS rate, ${interval},
       dead_neurons_mean, dead_layers_mean, train_ms_mean, ${OTHERS.join(", ")}, diverged, failed,
       ${LATER_NUMBERS.map(meanColumnOf).join(", ")}
FROM (
  SELECT ${AXES}, ${OTHERS.join(", ")}, count(state) AS trials, count(CASE WHEN ${converged} THEN 1 END) AS converged,
         ${meanOfConverged("dead_neurons")}, ${meanOfConverged("dead_layers")},
         ${meanOfConverged("train_ms")},
         count(CASE state WHEN 'diverged' THEN 1 END) AS diverged,
         count(CASE state WHEN 'failed' THEN 1 END) AS failed,
         ${numbers.map(({ name, read }) => `avg(${read}) AS ${meanColumnOf(name)}`).join(", ")}
  FROM ${cells} LEFT JOIN trial ON ${join}
  GROUP BY ${number}
);`;
}
