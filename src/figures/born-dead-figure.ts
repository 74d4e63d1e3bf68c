/** How often networks are born dead beside what theory says of it: the picture of `lrn risk`. */
import { closestBounds } from "../analysis/applicable-bounds.js";
import { counted, number } from "../counted.js";
import { axisOf, BORN_AXES, type BornAxis, firstOf } from "../model/axes.js";
import { sameValue } from "../model/cells.js";
import { STANDARDIZES } from "../model/dataset.js";
import { type DatasetSpec, isOfFile } from "../model/trial.js";
import { csvLines } from "../output/formats/csv.js";
import type { Value } from "../output/formats/result-rows.js";
import type { BornDeadChart } from "../output/pictures/charts/born-dead-chart.js";
import { bornDeadSpec } from "../output/pictures/charts/born-dead-spec.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import { textWidth } from "../output/pictures/svg-renderer.js";
import { visible } from "../output/visible.js";
import type { Risk } from "../runs/born-dead.js";
import { valueIn, varyingAxes } from "../runs/newborn-kinds.js";
import { chartAxes } from "./born-dead-axes.js";
import { bornDeadChart, meetsBounds, nameOf, typeset } from "./born-dead-rows.js";

/**
 * @param command what draws it, in small print
 * @returns SVG
 * @throws UserError as `chartAxes`
 */
export function bornDeadPicture(risks: readonly Risk[], command: string): Promise<string> {
  const chart = bornDeadChart(risks, chartAxes(risks));
  const subtitle = [...settingOf(risks), ...legendText(risks, chart)];
  const smallPrint = visible(command);
  return chartSvg(bornDeadSpec(chart, { title: titleOf(risks), subtitle, smallPrint, textWidth }));
}

function titleOf(risks: readonly Risk[]): string {
  const bounded = risks.filter(({ bounds }) => {
    const { atLeast, atMost } = closestBounds(bounds);
    return atLeast !== null || atMost !== null;
  });
  const meeting = bounded.filter(meetsBounds).length;
  if (bounded.length === 0) return "Networks born dead, for which theory has no bounds here";
  const points = bounded.length < risks.length ? "points that have bounds" : "points";
  const where = bounded.length === 1 ? "" : `, at ${ofAll(meeting, bounded.length)} ${points}`;
  const agrees = bounded.length > 1 || meeting === 1;
  const dead = agrees ? "Born dead" : "Not born dead";
  return `${dead} as often as theory says, within 95 % intervals${where}`;
}

function ofAll(some: number, all: number): string {
  return some === all ? `all ${number(all)}` : `${number(some)} of ${number(all)}`;
}

/** What the networks have in common, then what they see. */
function settingOf(risks: readonly Risk[]): string[] {
  const [first] = risks;
  const varying = varyingAxes(risks);
  const names = firstOf<BornAxis>(
    ["initialization", "bias", "activation", "connection", "depth", "width"],
    BORN_AXES,
  ).filter((name) => name !== "dataset");
  const common = names.filter((name) => {
    if (varying.includes(name)) return false;
    const usual = name === "bias" || name === "activation";
    return !usual || !sameValue(valueIn(first, name), axisOf(name).default);
  });
  const text = common.map((name) =>
    name === "connection" ? String(valueIn(first, name)) : axisOf(name).phrase(first.newborn[name]),
  );
  const networks = risks.map(({ counts }) => counts.networks);
  const [fewest, most] = [Math.min(...networks), Math.max(...networks)];
  const drawn =
    fewest === most ? counted(most, "network") : `${number(fewest)} to ${number(most)} networks`;
  const seen = varying.includes("dataset") ? [] : [samplesText(first.newborn.dataset)];
  const each = risks.length > 1 ? " each" : "";
  return [visible(`${[...text, ...seen].join(", ")}; ${drawn}${each}.`)];
}

/** `3,000 samples of [-1.732, 1.732), not standardized` */
function samplesText(dataset: DatasetSpec): string {
  const { samples, standardize = "both" } = dataset;
  const whence = isOfFile(dataset)
    ? dataset.file
    : `[${(dataset.domain ?? [-1, 1]).map((end) => Number(end.toPrecision(4))).join(", ")})`;
  const scaled = STANDARDIZES[standardize].inputs;
  return `${number(samples)} samples of ${whence}, ${scaled ? "standardized" : "not standardized"}`;
}

function legendText(risks: readonly Risk[], chart: BornDeadChart): string[] {
  const points =
    "Points: the share of networks of which some hidden layer puts out 0 for every sample, with its 95 % interval";
  if (chart.bounds.length === 0) return [`${points}.`];
  const outside = risks.some((risk) => !meetsBounds(risk))
    ? "; hollow where that lies outside the bounds"
    : "";
  const named = new Set(chart.bounds.map(({ name }) => name));
  const where = risks[0].bounds
    .flatMap((bound) => (bound.where && named.has(nameOf(bound)) ? [bound.where] : []))
    .map((text) => `, ${typeset(text)}`)
    .join("");
  return [
    `${points}${outside}.`,
    `Lines: what theory says for N neurons in each of H hidden layers${where}; shaded between the closest bounds.`,
  ];
}

/** A row for each kind of networks, with the bounds that hold for it. */
export function bornDeadCsv(risks: readonly Risk[]): string {
  const names = firstOf<BornAxis>(
    ["depth", "width", "activation", "initialization", "bias", "dataset"],
    BORN_AXES,
  ).filter((name) => name !== "connection");
  const bounds = risks[0].bounds.map(({ of, says, formula }, at) => ({
    at,
    head: `${of === "born dead" ? "" : `${of}: `}${says} ${formula}`,
  }));
  const holding = bounds.filter(({ at }) => risks.some((risk) => risk.bounds[at].value !== null));
  return csvLines([
    [
      ...[...names.map((name) => axisOf(name).column), "connections", "networks", "born_dead"],
      ...["rate", "rate_low", "rate_high", "at_least", "at_most"],
      ...["dead_neurons_mean", "dead_layers_mean", "first_layer_dead"],
      ...holding.map(({ head }) => head),
    ],
    ...risks.map(({ newborn, connections, counts, bounds }): Value[] => {
      const { atLeast, atMost } = closestBounds(bounds);
      return [
        ...names.map((name) => {
          const value = newborn[name];
          return typeof value === "object" ? JSON.stringify(value) : value;
        }),
        ...[connections.join(" or "), counts.networks, counts.bornDead],
        ...[counts.rate, counts.rateLow, counts.rateHigh, atLeast, atMost],
        ...[counts.deadNeurons, counts.deadLayers, counts.firstLayerDead],
        ...holding.map(({ at }) => bounds[at].value),
      ];
    }),
  ]);
}
