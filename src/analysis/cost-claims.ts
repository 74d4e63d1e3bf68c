/**
 * Whether training one kind of network costs more than training another. Operations and parameters are exact, and
 * judged. How long a training takes is the machine's, and an engine may leave out what changes no bit, as the layers
 * below a dead one: times are told beside them and decide nothing.
 */
import { axisOf } from "../model/axes.js";
import { isWhere, sameValue } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import type { ClaimData, Cost, CostTest, Examined, Part } from "./claims.js";
import { matchOnOthers } from "./matched-arms.js";

/** @param cells of both values, which are paired where they differ in nothing else */
export function costFindings(
  { axis, base, other, printed = [] }: CostTest,
  cells: readonly Cell[],
  data: ClaimData,
): Omit<Examined, "axes"> {
  const armOf = (value: unknown) => ({
    name: axisOf(axis).phrase(value as never),
    cells: cells.filter((cell) => sameValue(cell[axis], value)),
  });
  const { strata } = matchOnOthers(axis, armOf(base), armOf(other));
  if (strata.length === 0) {
    return { evidence: "no pair of cells", brief: "", findings: "cannot tell" };
  }
  const pairs = strata.map((pair): Pair => [data.costOf(pair.other), data.costOf(pair.base)]);
  const timed = pairs.filter((pair): pair is Pair<Timed> =>
    pair.every(({ milliseconds }) => milliseconds !== null),
  );
  const secondsOf = (cell: Cell) => printed.find(({ where }) => isWhere(where, cell))?.seconds;
  const printedPairs = strata.flatMap((pair): [number, number][] => {
    const [ofOther, ofBase] = [secondsOf(pair.other), secondsOf(pair.base)];
    return ofOther === undefined || ofBase === undefined ? [] : [[ofOther, ofBase]];
  });
  const parameters = means(pairs, ({ parameters }) => parameters);
  const operations = means(pairs, ({ operations }) => operations);
  const timesOf = timed.map(([one, against]) => [one.milliseconds, against.milliseconds] as const);
  const parts: Part[] = [
    ["parameters", against(parameters, 0)],
    ["operations per step", `${against(operations, 0)} (${grown(operations)})`],
    ["measured milliseconds", timesText(timesOf)],
    ...(printed.length > 0 ? [["printed seconds", timesText(printedPairs)] as const] : []),
  ];
  const more = pairs.filter(([one, against]) => one.operations > against.operations).length;
  return {
    evidence: parts.map(([of, found]) => `${of} ${found}`).join("; "),
    brief: grown(operations),
    parts,
    findings: more === pairs.length ? "holds" : "does not hold",
  };
}

/** What the other has, and then the base. */
type Pair<Of = Cost> = readonly [Of, Of];
type Timed = Cost & { readonly milliseconds: number };

function means(pairs: readonly Pair[], of: (cost: Cost) => number): [number, number] {
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + of(pair[side]), 0) / pairs.length;
  return [mean(0), mean(1)];
}

/** `0.62 against 0.55 (+13 %), longer in 11 of 12` */
function timesText(pairs: readonly (readonly [number, number])[]): string {
  if (pairs.length === 0) return "none of both";
  const total = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [other, base] = [total(0), total(1)];
  const longer = pairs.filter(([one, than]) => one > than).length;
  const text = `${against([other, base], 3)} (${grown([other, base])})`;
  return `${text}, longer in ${longer} of ${pairs.length}`;
}

function against(pair: readonly [number, number], decimals: number): string {
  const text = (value: number) =>
    value.toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  return `${text(pair[0])} against ${text(pair[1])}`;
}

/** `+13 %` */
function grown([other, base]: readonly [number, number]): string {
  const percent = 100 * (other / base - 1);
  return `${percent < 0 ? "" : "+"}${percent.toFixed(Math.abs(percent) < 10 ? 1 : 0)} %`;
}
