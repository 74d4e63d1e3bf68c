/** The views `trials` and `cells` for SQL: the columns of the CSV files, then what those leave out. */
import { AXIS_NAMES, axisOf } from "../model/axes.js";
import { ALWAYS_SHOWN } from "../model/cells.js";
import { Z_95 } from "./intervals.js";

const columnOf = (name: (typeof AXIS_NAMES)[number]) => axisOf(name).column;
const AXES = ALWAYS_SHOWN.map(columnOf).join(", ");
/** In the order of the axes: `epochs` and `dataset`, then those that came later. */
const OTHERS = AXIS_NAMES.filter((name) => !ALWAYS_SHOWN.includes(name)).map(columnOf);

/** The Wilson score interval's two parts, as in intervals.ts, of `converged` in `trials`. */
const WEIGHT = `(trials + ${Z_95 ** 2})`;
const CENTRE = `(converged + ${Z_95 ** 2 / 2}) / ${WEIGHT}`;
const SPREAD = `CAST(converged * (trials - converged) AS REAL) / trials + ${Z_95 ** 2 / 4}`;
const REACH = `${Z_95} * sqrt(${SPREAD}) / ${WEIGHT}`;

/**
 * SQL that makes both views on a connection, of everything in its store: also of trials that the
 * sweep file no longer asks for, which `epochs` and `dataset` tell apart where they differ.
 *
 * @param threshold the largest RMSE of a converged trial, in original units
 */
export function resultViews(threshold: number): string {
  const converged = `(state = 'trained' AND final_rmse <= ${threshold})`;
  const meanOfConverged = (column: string) =>
    `avg(CASE WHEN ${converged} THEN ${column} END) AS ${column}_mean`;
  return `
CREATE TEMP VIEW trials AS
SELECT trial.key, ${AXES}, seed, epochs, engine, state, final_rmse, ${converged} AS converged,
       dead_neurons, dead_layers, train_ms, reason, ${OTHERS.filter((column) => column !== "epochs").join(", ")},
       dead_on_domain
FROM trial JOIN cell ON trial.cell = cell.id;

CREATE TEMP VIEW cells AS
SELECT ${AXES}, trials, converged, CAST(converged AS REAL) / trials AS rate,
       CASE WHEN converged = 0 THEN 0.0 ELSE ${CENTRE} - ${REACH} END AS rate_low,
       CASE WHEN converged = trials THEN 1.0 ELSE ${CENTRE} + ${REACH} END AS rate_high,
       dead_neurons_mean, dead_layers_mean, train_ms_mean, ${OTHERS.join(", ")}
FROM (
  SELECT ${AXES}, ${OTHERS.join(", ")}, count(*) AS trials, sum(${converged}) AS converged,
         ${meanOfConverged("dead_neurons")}, ${meanOfConverged("dead_layers")},
         ${meanOfConverged("train_ms")}
  FROM main.trial JOIN cell ON trial.cell = cell.id
  GROUP BY cell.id
);`;
}
