/** What the chart of networks born dead shows, as rows. */

export interface BornDeadPoint {
  readonly x: number;
  readonly series: string;
  readonly rate: number;
  /** Ends of its 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Whether the interval reaches what theory allows; true where that says nothing. */
  readonly meets: boolean;
}

/** A place of a bound's line. */
export interface BoundPoint {
  readonly x: number;
  readonly series: string;
  readonly bound: string;
  readonly value: number;
  /** Lines go from place to place of the same stretch. */
  readonly stretch: number;
}

/** The closest bounds at a place. */
export interface BetweenBounds extends Pick<BoundPoint, "x" | "series" | "stretch"> {
  readonly least: number;
  readonly most: number;
}

export interface BornDeadPanel {
  /** What all of it has in common, unlike the other panels; empty where there is one. */
  readonly title: string;
  readonly points: readonly BornDeadPoint[];
  readonly lines: readonly BoundPoint[];
  readonly between: readonly BetweenBounds[];
}

export interface BornDeadAxis {
  readonly title: string;
  readonly domain: readonly [number, number];
  /** Of the whole numbers from 0 on, where these are no numbers themselves. */
  readonly labels?: readonly string[];
}

/** A bound's name, and what it is to the shares. The first of two that lie above is the looser one. */
export interface BoundName {
  readonly name: string;
  readonly says: "at most" | "at least" | "exactly";
}

export interface BornDeadChart {
  readonly panels: readonly BornDeadPanel[];
  readonly axis: BornDeadAxis;
  readonly series: readonly string[];
  readonly bounds: readonly BoundName[];
}
