/** The report of an account: a Markdown file, with its pictures in a folder beside it. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Account } from "../analysis/account.js";
import { UserError } from "../errors.js";
import { refuseUnwritable } from "../files/write.js";
import { accountMarkdown, BORN_DEAD } from "../output/formats/account-markdown.js";
import { chartSvg } from "../output/pictures/charts/chart-svg.js";
import type { Risk } from "../runs/born-dead.js";
import { refuseOwnFile, writeOut } from "../runs/own-files.js";
import { prepareFolder } from "../runs/prepare-folder.js";
import type { DrawnPlot } from "./account-plots.js";
import { bornDeadPicture } from "./born-dead-figure.js";
import { pngOf } from "./save.js";

const FLAG = "--report";

/**
 * Makes the folder that the report is to be in, where there is none.
 *
 * @param results the folder of the trainings, whose own files stay as they are
 * @throws UserError where the report cannot be written: to be known before there is something to write
 */
export async function prepareReport(report: string, results: string): Promise<void> {
  if (report === "-") {
    throw new UserError(
      `${FLAG}: must be the path of a file, got "-", standard output; leave it out for --markdown, which prints it`,
    );
  }
  await refuseOwnFile(report, FLAG, results);
  if (!existsSync(dirname(report))) await prepareFolder(dirname(report), FLAG);
  await refuseUnwritable(report, FLAG);
}

export interface Report {
  readonly account: Account;
  readonly plots: readonly DrawnPlot[];
  readonly risks: readonly Risk[];
  /** What makes the account, in small print. */
  readonly command: string;
}

/**
 * Without pictures where the report is no file of its own, as a pipe.
 *
 * @param results as above
 * @returns the paths of the files that were written
 * @throws UserError where one cannot be written
 */
export async function saveReport(report: string, content: Report, results: string) {
  const { account, plots, risks, command } = content;
  const found = await stat(report).catch(() => undefined);
  const isFile = found === undefined || found.isFile();
  const folder = `${report.replace(/[.]md$/i, "")}-pictures`;
  const pictures = new Map<string, string>();
  const files: string[] = [];
  const save = async (id: string, svg: string) => {
    const file = join(folder, `${id}.png`);
    await writeOut(file, pngOf({ svg }), FLAG, results);
    pictures.set(id, `${basename(folder)}/${id}.png`);
    files.push(file);
  };
  if (isFile) {
    if (plots.length + risks.length > 0) await prepareFolder(folder, FLAG);
    for (const { shown, spec } of plots) await save(shown.id, await chartSvg(spec));
    const bornDead = await drawnBornDead(risks, command);
    if (bornDead !== undefined) await save(BORN_DEAD, bornDead);
  }
  await writeOut(report, accountMarkdown(account, pictures), FLAG, results);
  return [report, ...files];
}

/** Undefined where there are too many kinds of networks for a chart. */
async function drawnBornDead(risks: readonly Risk[], command: string): Promise<string | undefined> {
  if (risks.length === 0) return undefined;
  return bornDeadPicture(risks, command).catch((error) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
}
