/** What is looked at, as the address bar's fragment has it, so that a view can be linked and gone back to. */
import { useEffect, useRef, useState } from "preact/hooks";
import { AXIS_NAMES, type AxisName, axisOf } from "../src/model/axes.js";

export const MOST_SEED = 2 ** 32 - 1;

export const VIEWS = ["overview", "cell", "trial", "playground"] as const;
export type View = (typeof VIEWS)[number];

export type Where = Readonly<Partial<Record<AxisName | "grid", string>>>;

export interface Selection {
  readonly view: View;
  /** The text of each axis's value that is chosen; in the playground, JSON of what is no text. */
  readonly where: Where;
  readonly seed?: number;
  /** Of a training, after how many epochs it is looked at; its last, where it is left out. */
  readonly epoch?: number;
  /** What else a view keeps, by names that no axis has. */
  readonly more: Readonly<Record<string, string>>;
}

const COLUMNS = new Map<string, AxisName | "grid">([
  ...AXIS_NAMES.map((name) => [axisOf(name).column, name] as const),
  ["grid", "grid"],
]);

/** @param fragment with or without its `#`; what it has beyond the names and numbers of a selection is left out */
export function readSelection(fragment: string, usual: View): Selection {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = VIEWS.find((name) => name === given.get("view")) ?? usual;
  const where: Partial<Record<AxisName | "grid", string>> = {};
  const more: Record<string, string> = {};
  for (const [key, text] of given) {
    const name = COLUMNS.get(key);
    if (name) where[name] = text;
    else if (!["view", "seed", "epoch"].includes(key)) more[key] = text;
  }
  const seed = wholeNumber(given.get("seed"), MOST_SEED);
  const epoch = wholeNumber(given.get("epoch"), Number.MAX_SAFE_INTEGER);
  return {
    view,
    where,
    more,
    ...(seed !== undefined && { seed }),
    ...(epoch !== undefined && { epoch }),
  };
}

function wholeNumber(text: string | null, most: number): number | undefined {
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) <= most
    ? Number(text)
    : undefined;
}

export function fragmentOf({ view, where, seed, epoch, more }: Selection): string {
  const parts = new URLSearchParams({ view });
  for (const [column, name] of COLUMNS) {
    const text = where[name];
    if (text !== undefined) parts.set(column, text);
  }
  if (seed !== undefined) parts.set("seed", String(seed));
  if (epoch !== undefined) parts.set("epoch", String(epoch));
  for (const [key, text] of Object.entries(more)) parts.set(key, text);
  return `#${parts}`;
}

/** Browsers refuse to write the address a hundred times in a few seconds, as while a training plays. */
const ADDRESS_MS = 150;

/** @returns the selection, and what replaces it without a step in the browser's history */
export function useSelection(usual: View): [Selection, (selection: Selection) => void] {
  const [selection, setSelection] = useState(() => readSelection(location.hash, usual));
  useEffect(() => {
    const read = () => setSelection(readSelection(location.hash, usual));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [usual]);
  const writing = useRef<{ at: number; timer?: ReturnType<typeof setTimeout> }>({ at: 0 });
  const replace = (next: Selection) => {
    setSelection(next);
    const { hash } = location;
    const { current } = writing;
    clearTimeout(current.timer);
    const write = () => {
      // A link may have been followed meanwhile.
      if (location.hash === hash) history.replaceState(null, "", fragmentOf(next));
      current.at = performance.now();
    };
    const wait = current.at + ADDRESS_MS - performance.now();
    if (wait <= 0) write();
    else current.timer = setTimeout(write, wait);
  };
  return [selection, replace];
}
