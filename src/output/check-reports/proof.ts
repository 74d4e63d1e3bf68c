/** What proving a store found, as text and as JSON, where what the store and its path say has been made visible. */
import { agreeing, counted, number } from "../../counted.js";
import { cellName } from "../../model/cells.js";
import type { Cell } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import { visible, visibleLines } from "../visible.js";
import { wrapped } from "../wrapped.js";

/** As `proveStore` finds it. */
export interface ProvedStore {
  readonly trials: number;
  readonly compared: number;
  readonly failed: number;
  readonly ofOtherNumerics: number;
  readonly withoutLater: number;
  readonly findings: readonly {
    readonly cell?: Cell;
    readonly seed?: number;
    readonly what: string;
    readonly stored: string;
    readonly again: string;
  }[];
}

export interface ProofReport extends ProvedStore {
  /** The results folder. */
  readonly folder: string;
  readonly numerics: string;
  readonly passed: boolean;
  /** Where something differs: what to do about it. */
  readonly remedy: string | null;
}

/** Findings that the console shows; JSON has all. */
const MAX_ROWS = 50;

export function proofReport(folder: string, numerics: string, proved: ProvedStore): ProofReport {
  const passed = proved.findings.length === 0;
  const remedy =
    `Restore a copy of ${folder}/trials.db, or train all of it again: ` +
    `lrn sweep ${folder}/sweep.json --out ${folder} --fresh`;
  return { folder, numerics, passed, ...proved, remedy: passed ? null : remedy };
}

/** @param columns how many characters a line of the terminal has */
export function proofText(report: ProofReport, colours: Palette = PLAIN, columns = 80): string {
  const { findings, remedy } = report;
  const shown = findings.slice(0, MAX_ROWS);
  const left = findings.length - shown.length;
  const texts = [
    (report.passed ? colours.green : colours.red)(visible(verdict(report))),
    ...notes(report),
    ...shown.map((finding) => visible(line(finding))),
    ...(left > 0 ? [`And ${number(left)} more; --reporter json has them all.`] : []),
  ];
  return [
    ...texts.map((text) => wrapped(text, columns)),
    ...(remedy ? [visible(remedy).replace(COMMAND, ":\n  ")] : []),
  ].join("\n");
}

/** What comes before a command, which stays in one line to be copied. */
const COMMAND = /: (?=lrn )/;

export function proofJson(report: ProofReport): string {
  // JSON lets any sign of a text be written as an escape.
  return visibleLines(JSON.stringify(report, null, 2));
}

function verdict({ folder, trials, compared, findings }: ProofReport): string {
  const trained = `${number(compared)} of ${counted(trials, "trial")} trained again`;
  return findings.length === 0
    ? `${folder}: ${trained}, all as stored`
    : `${folder}: ${trained}; ${agreeing(findings.length, ["value is", "values are"])} not as stored`;
}

function notes({ failed, ofOtherNumerics, withoutLater, numerics }: ProofReport): string[] {
  return [
    ...(failed > 0
      ? [`${agreeing(failed, ["failed and has", "failed and have"])} no numbers to compare.`]
      : []),
    ...(ofOtherNumerics > 0
      ? [
          `${agreeing(ofOtherNumerics, ["is", "are"])} of another arithmetic than ${numerics}: not compared.`,
        ]
      : []),
    ...(withoutLater > 0
      ? [
          `${agreeing(withoutLater, ["was", "were"])} stored by an earlier version of lrn: what it did not store is not compared.`,
        ]
      : []),
    "Training times cannot be compared: no two runs share them.",
  ];
}

/** `depth 2, …, seed 3: final_rmse is stored as 0.5, it ought to be 0.25` */
function line({ cell, seed, what, stored, again }: ProvedStore["findings"][number]): string {
  const where = [
    ...(cell ? [cellName(cell)] : []),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ];
  const name = [where.join(", "), what].filter(Boolean).join(": ");
  if (again === "") return `${name}: ${stored}`;
  return `${name} is stored as ${short(stored)}, it ought to be ${short(again)}`;
}

/** Of a key its first digits. */
function short(text: string): string {
  return text.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, "$1…") || "nothing";
}
