/** A cell's trials as a table, each a link to its training. */
import { useState } from "preact/hooks";
import { number } from "../../src/counted.js";
import { hasConverged } from "../../src/model/outcome.js";
import type { ReportTrial } from "../unpack-report.js";

const FIRST_ROWS = 50;

interface TrialListProps {
  readonly trials: readonly ReportTrial[];
  readonly threshold: number;
  readonly linkTo: (seed: number) => string;
}

export function TrialList({ trials, threshold, linkTo }: TrialListProps) {
  const [rows, showRows] = useState(FIRST_ROWS);
  return (
    <>
      <div class="scrolled">
        <table>
          <caption>Trials</caption>
          <thead>
            <tr>
              <th scope="col">Seed</th>
              <th scope="col">Converged</th>
              <th scope="col">Final RMSE</th>
              <th scope="col">Dead neurons</th>
              <th scope="col">Born dead</th>
              <th scope="col">Dead layers</th>
            </tr>
          </thead>
          <tbody>
            {trials.slice(0, rows).map(({ seed, outcome }) => (
              <tr key={seed}>
                <th scope="row">
                  <a href={linkTo(seed)}>Seed {seed}</a>
                </th>
                {outcome.state === "trained" ? (
                  <>
                    <td>{hasConverged(outcome, threshold) ? "yes" : "no"}</td>
                    <td>{outcome.finalRmse.toPrecision(4)}</td>
                    <td>{outcome.deadNeurons}</td>
                    <td>{outcome.deadNeuronsBorn}</td>
                    <td>{outcome.deadLayers}</td>
                  </>
                ) : (
                  <td colSpan={5}>
                    {outcome.state === "failed" ? `failed: ${outcome.reason}` : "overflowed"}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trials.length > rows && (
        <button type="button" onClick={() => showRows(trials.length)}>
          Show all {number(trials.length)} trials
        </button>
      )}
    </>
  );
}
