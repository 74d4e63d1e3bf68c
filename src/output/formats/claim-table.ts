/** What was found of a claim, group by group, as a Markdown table that a page has room for. */
import type { ClaimVerdict, JudgedClaim } from "../../analysis/claims.js";
import { type AxisName, axisOf } from "../../model/axes.js";
import { compareValues, keyOfValue, pick, valuesIn } from "../../model/cells.js";
import { grouped } from "../../model/grouped.js";
import { axisLabels, namesAmong } from "./account-words.js";
import { markdownTable } from "./markdown.js";

/** More groups than this are told in a grid. */
const MOST_ROWS = 14;
const MOST_COLUMNS = 8;

/** @returns paragraphs: the table, and what its marks mean */
export function claimTable(judged: JudgedClaim): string[] {
  const { claim, groups } = judged;
  const across = groups.length > MOST_ROWS ? acrossOf(judged) : undefined;
  if (across) return [grid(judged, across), "Holds ✓, does not hold ✗, cannot be told ?."];
  const [{ parts = [] }] = groups;
  if (groups.length === 1 && parts.length > 0) {
    return [markdownTable(["of", "found"], parts, ["l", "l"])];
  }
  const nameOf = namesAmong(groups.map(({ axes }) => axes));
  const heads = parts.map(([of]) => of);
  const areAlike = groups.every((group) => group.parts?.map(([of]) => of).join() === heads.join());
  const found = heads.length > 0 && areAlike;
  return [
    markdownTable(
      [axisLabels(claim.by) || "of", "verdict", ...(found ? heads : ["found"])],
      groups.map((group) => [
        nameOf(group.axes),
        group.verdict,
        ...(found ? group.parts!.map(([, text]) => text) : [group.evidence]),
      ]),
      ["l", "l", ...(found ? heads : ["found"]).map(() => "l" as const)],
    ),
  ];
}

/** The axis with the most values of those that fit side by side. */
function acrossOf({ claim, groups }: JudgedClaim): AxisName | undefined {
  if (claim.by.length < 2) return undefined;
  const count = (name: AxisName) =>
    valuesIn(
      groups.map(({ axes }) => axes),
      name,
    ).length;
  return claim.by
    .filter((name) => count(name) <= MOST_COLUMNS)
    .sort((a, b) => count(b) - count(a))[0];
}

const MARKS: Readonly<Record<ClaimVerdict, string>> = {
  holds: "✓",
  "does not hold": "✗",
  "cannot tell": "?",
};

function grid({ claim, groups }: JudgedClaim, across: AxisName): string {
  const others = claim.by.filter((name) => name !== across);
  const values = valuesIn(
    groups.map(({ axes }) => axes),
    across,
  ).sort((a, b) => compareValues(across, a, b));
  const nameOf = namesAmong(groups.map(({ axes }) => pick(axes, others)));
  const rows = grouped(groups, ({ axes }) => keyOfValue(pick(axes, others)));
  return markdownTable(
    [axisLabels(others), ...values.map((value) => axisOf(across).phrase(value as never))],
    [...rows.values()].map((own) => [
      nameOf(pick(own[0].axes, others)),
      ...values.map((value) => {
        const group = own.find(({ axes }) => keyOfValue(axes[across]) === keyOfValue(value));
        return group ? `${group.brief} ${MARKS[group.verdict]}`.trim() : "";
      }),
    ]),
    ["l", ...values.map(() => "r" as const)],
  );
}
