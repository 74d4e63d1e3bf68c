/** How many trials converged, for each connection: as the command line says it. */
import type { CellSummary } from "../../src/analysis/cell-summaries.js";
import { number } from "../../src/counted.js";
import { headingOf, valuesIn } from "../../src/model/cells.js";

export function Totals({ summaries }: { summaries: readonly CellSummary[] }) {
  const connections = valuesIn(
    summaries.map(({ cell }) => cell),
    "connection",
  );
  return (
    <table class="totals">
      <thead>
        <tr>
          <th scope="col">Connection</th>
          <th scope="col">Converged</th>
          <th scope="col">Trials</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {connections.map((connection) => {
          const own = summaries.filter(({ cell }) => cell.connection === connection);
          const sum = (of: (summary: CellSummary) => number) =>
            own.reduce((total, summary) => total + of(summary), 0);
          const [converged, trials] = [sum((of) => of.converged), sum((of) => of.trials)];
          const share = trials === 0 ? 0 : converged / trials;
          return (
            <tr key={String(connection)}>
              <th scope="row">{headingOf("connection", connection)}</th>
              <td>{number(converged)}</td>
              <td>{number(trials)}</td>
              <td>
                <meter min={0} max={1} value={share} aria-hidden="true" />
                <span class="share">{Math.round(100 * share)} %</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
