/** What a plot shows, panel by panel. */
import type { PlotScale } from "./plot-scale.js";

export interface PlotMark {
  /** The number on the x axis, or the place of a name among all names. */
  readonly at: number;
  /** Its name; empty where there is one alone. */
  readonly series: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What is printed elsewhere of the same, shown beside it. */
  readonly printed?: number | undefined;
}

export interface PlotPanel<Title = string> {
  readonly title: Title;
  readonly marks: readonly PlotMark[];
  /** Of dots, the names' places from the top down. */
  readonly order: readonly number[];
}

export interface ValueAxis {
  readonly title: string;
  readonly scale: PlotScale;
  /** Whether ticks are percentages. */
  readonly percent: boolean;
}

export interface Plot {
  /** Rows of panels side by side, each row with its axis of values. */
  readonly rows: readonly { readonly value: ValueAxis; readonly panels: readonly PlotPanel[] }[];
  readonly position:
    | { readonly kind: "number"; readonly title: string; readonly scale: PlotScale }
    | { readonly kind: "names"; readonly title: string; readonly names: readonly string[] };
  /** What tells series apart, and their names; one empty name where there is a single one. */
  readonly seriesTitle: string;
  readonly series: readonly string[];
}

/** Where a panel stands, and its axes. */
export interface PanelFrame {
  readonly width: number;
  readonly height: number;
  readonly position: {
    readonly title: string;
    readonly scale: PlotScale;
    /** Each in lines. */
    readonly names: readonly (string | string[])[];
  };
  /** Its title may be broken into lines. */
  readonly value: Omit<ValueAxis, "title"> & { readonly title: string | readonly string[] };
  /** What the ticks' texts of a vertical axis take, the same in every panel so that they stand in columns. */
  readonly extent: number;
  /** At the left, with the vertical axis's title; at the bottom, with the horizontal one's. */
  readonly first: boolean;
  readonly last: boolean;
}

/** `20 %`, `0.001` */
export function tickText({ percent }: Pick<ValueAxis, "percent">): (tick: number) => string {
  return (tick) =>
    percent ? `${Number((100 * tick).toPrecision(6))} %` : tick.toLocaleString("en-US", DIGITS);
}

const DIGITS = { maximumSignificantDigits: 6 };
