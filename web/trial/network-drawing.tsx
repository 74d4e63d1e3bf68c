/** The network, with its dead neurons and connections to the output, and the same in words. */
import { counted } from "../../src/counted.js";
import type { NeuronState } from "../../src/model/neuron-states.js";
import { networkDiagram } from "../../src/output/pictures/network-diagram.js";
import { whyNotDrawn } from "../../src/output/pictures/whether-drawn.js";
import { capitalized } from "../../src/model/cells.js";
import type { ExactFunction } from "../../src/model/exact-function.js";
import type { Watched } from "../training/watched.js";

interface NetworkDrawingProps {
  readonly watched: Watched;
  /** Where each neuron is active, if that is known. */
  readonly exact: ExactFunction | undefined;
}

export function NetworkDrawing({ watched, exact }: NetworkDrawingProps) {
  const { trial, dead, states } = watched;
  const why = whyNotDrawn(trial);
  const constant = states.map((layer) => layer.map((state) => state === "constant"));
  const activeOnDomain = exact?.active.map((layer) => layer.map((of) => of.length > 0));
  const isElsewhere = dead.mask.map((layer, l) =>
    layer.map((isDead, neuron) => isDead && (activeOnDomain?.[l][neuron] ?? false)),
  );
  const diagram = why
    ? undefined
    : networkDiagram({
        network: trial,
        dead: dead.mask,
        constant,
        ...(activeOnDomain && { activeOnDomain }),
      });
  const summary = `${counted(dead.neurons, "dead neuron")} and ${counted(dead.layers, "dead layer")}`;
  return (
    <figure class="network">
      {diagram ? (
        <section class="scrolled" tabindex={0} aria-label="The network, drawn">
          <svg
            viewBox={`0 0 ${diagram.width} ${diagram.height}`}
            width={diagram.width}
            height={diagram.height}
            role="img"
            aria-label={`A ${trial.connection} network of ${counted(trial.depth, "hidden layer")}: ${summary}`}
            // Made of numbers alone.
            dangerouslySetInnerHTML={{ __html: diagram.content.join("") }}
          />
        </section>
      ) : (
        <p>{capitalized(why!)}.</p>
      )}
      <figcaption>
        <span>X: dead, its output is 0 for every sample.</span>
        {isElsewhere.flat().includes(true) && (
          <span>Dashed X: dead on the samples, but not on the whole domain.</span>
        )}
        <span>Bar: the same for every sample, but not 0.</span>
      </figcaption>
      <details>
        <summary>The neurons of each layer</summary>
        <section class="scrolled" tabindex={0} aria-label="The neurons of each layer">
          <table>
            <thead>
              <tr>
                <th scope="col">Layer</th>
                {STATES.map((state) => (
                  <th key={state} scope="col">
                    {capitalized(state)}
                  </th>
                ))}
                {exact && <th scope="col">Dead, but active between samples</th>}
              </tr>
            </thead>
            <tbody>
              {states.map((layer, l) => (
                <tr key={l}>
                  <th scope="row">{l + 1}</th>
                  {STATES.map((state) => (
                    <td key={state}>{layer.filter((own) => own === state).length}</td>
                  ))}
                  {exact && <td>{isElsewhere[l].filter(Boolean).length}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

const STATES: readonly NeuronState[] = ["alive", "constant", "dead"];
