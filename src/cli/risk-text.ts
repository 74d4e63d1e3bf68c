/** What `lrn risk` found, as text and as JSON. */
import { closestBounds } from "../analysis/applicable-bounds.js";
import { counted, number } from "../counted.js";
import type { BornAxis } from "../model/axes.js";
import { capitalized, cellName, pick } from "../model/cells.js";
import { isZeroBelow0 } from "../model/piecewise-linear.js";
import { wrapped } from "../output/wrapped.js";
import type { BornDead, Risk } from "../runs/born-dead.js";
import { COMPARED_AXES, type Kind, labelOf, varyingAxes } from "../runs/newborn-kinds.js";
import { fittedTable } from "./fitted-table.js";

export function riskJson(risks: readonly Risk[]): string {
  const kinds = risks.map(
    ({ newborn: { connection: _, ...axes }, connections, counts, bounds }) => ({
      ...axes,
      connections,
      ...counts,
      ...closestBounds(bounds),
      bounds,
    }),
  );
  return JSON.stringify({ kinds }, null, 2);
}

/** @param columns characters of a line */
export function riskText(risks: readonly Risk[], columns: number): string {
  const text = risks.length === 1 ? aboutOne(risks[0], columns) : table(risks, columns);
  if (risks.every(({ newborn }) => isZeroBelow0(newborn.activation))) return text;
  return `${text}\n${wrapped(OTHER_ACTIVATIONS, columns)}`;
}

const OTHER_ACTIVATIONS =
  "Only ReLU puts out 0 over a whole range: with another activation a layer is dead where its numbers round to 0.";

function aboutOne({ newborn, connections, counts, bounds }: Risk, columns: number): string {
  const { depth, width } = newborn;
  const name = nameOf({ newborn, connections });
  const entry = (what: string, value: string, about: string) => {
    const start = `${what.padEnd(14)}${value.padEnd(8)}`;
    return `${start}${wrapped(about, columns, start.length)}`;
  };
  const holding = bounds.flatMap(({ of, says, value, formula, where, conditions }) => {
    if (value === null) return [];
    const drawn = `of the first layer's neurons are dead (drawn: ${share(counts.firstLayerDead)}): `;
    const what = of === "born dead" ? "" : drawn;
    const about = [`${what}${formula}`, ...(where ? [where] : []), `holds for ${all(conditions)}`];
    return [entry(says, share(value), about.join("; "))];
  });
  // That another initialization has a bound is nothing that this one lacks.
  const others = bounds.filter(
    ({ value, missing }) => value === null && !/initial/.test(all(missing)),
  );
  const lacking = others.map(({ says, formula, missing }) =>
    entry(says, "", `${formula}; would need ${all(missing)}`),
  );
  return [
    wrapped(`${name}: ${counted(counts.networks, "network")}, before any training`, columns),
    "",
    entry("born dead", share(counts.rate), `95 % interval ${interval(counts)}`),
    entry("dead neurons", mean(counts.deadNeurons), `of ${number(depth * width)}, per network`),
    entry("dead layers", mean(counts.deadLayers), `of ${number(depth)}, per network`),
    "",
    "What theory says, for N neurons in each of H hidden layers",
    ...(holding.length > 0 ? holding : ["nothing that holds here"]),
    ...(lacking.length > 0 ? ["", "What does not hold here", ...lacking] : []),
  ].join("\n");
}

function all(conditions: readonly string[]): string {
  return conditions.join(", ");
}

function table(risks: readonly Risk[], columns: number): string {
  const head = [
    "networks",
    "born dead",
    "interval",
    "at least",
    "at most",
    "dead neurons",
    "dead layers",
  ];
  const varying = varyingAxes(risks);
  const rows = risks.map((risk) => {
    const { atLeast, atMost } = closestBounds(risk.bounds);
    const { counts } = risk;
    return [
      labelOf(risk, varying),
      share(counts.rate),
      interval(counts),
      atLeast === null ? "" : share(atLeast),
      atMost === null ? "" : share(atMost),
      mean(counts.deadNeurons),
      mean(counts.deadLayers),
    ];
  });
  const networks = risks.map(({ counts }) => counts.networks);
  const [fewest, most] = [Math.min(...networks), Math.max(...networks)];
  const drawn = fewest === most ? number(most) : `${number(fewest)} to ${number(most)}`;
  const about =
    `Born dead: the share of ${drawn} drawn networks of which some hidden layer puts out 0 for every ` +
    "sample, with its 95 % interval; at least, at most: what theory says of it. Neurons and layers are " +
    "means per network.";
  const lines = [wrapped(commonName(risks[0], varying), columns), fittedTable(head, rows, columns)];
  return [...lines.filter(Boolean), wrapped(about, columns)].join("\n");
}

/** Of what rows have in common, so that they need not say it. */
function commonName(kind: Kind, varying: readonly BornAxis[]): string {
  const common = COMPARED_AXES.filter((name) => !varying.includes(name));
  const { connection: _, ...others } = pick(kind.newborn, common);
  const named = [
    common.includes("connection") ? labelOf(kind, ["connection"]) : "",
    cellName(others),
  ];
  return capitalized(named.filter(Boolean).join(", "));
}

/** `depth 10, width 2, plain or late-residual` */
function nameOf({ newborn, connections }: Kind): string {
  return cellName(newborn).replace(newborn.connection, connections.join(" or "));
}

/** A digit more where three would say none or all. */
function share(value: number): string {
  const nearEnd = Math.min(value, 1 - value) < 0.001 && value !== 0 && value !== 1;
  return value.toFixed(nearEnd ? 4 : 3);
}

function interval({ rateLow, rateHigh }: BornDead): string {
  return `${share(rateLow)}-${share(rateHigh)}`;
}

function mean(value: number): string {
  return value.toFixed(2);
}
