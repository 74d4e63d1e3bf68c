/** Reports of small sweeps, for tests that open them. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { run, temporaryFolder } from "../cli/lrn.js";

export interface MadeReport {
  /** The results folder. */
  readonly folder: string;
  readonly page: string;
}

/**
 * Runs a sweep and makes its report.
 *
 * @param sweep the content of a sweep file
 * @param files what lies beside it, by relative path
 * @param folderName of the results
 */
export async function makeReport(
  sweep: object,
  files: Readonly<Record<string, string>> = {},
  folderName = "results",
): Promise<MadeReport> {
  const parent = await temporaryFolder();
  const given = { "sweep.json": JSON.stringify(sweep), ...files };
  for (const [path, content] of Object.entries(given)) {
    await mkdir(dirname(join(parent, path)), { recursive: true });
    await writeFile(join(parent, path), content);
  }
  const folder = join(parent, folderName);
  await done("sweep", join(parent, "sweep.json"), "--out", folder, "--quiet");
  return reportOf(folder);
}

/** The report of a results folder that is there. */
export async function reportOf(folder: string): Promise<MadeReport> {
  await done("report", folder);
  return { folder, page: join(folder, "report.html") };
}

export async function makePlayground(): Promise<string> {
  const page = join(await temporaryFolder(), "playground.html");
  await done("playground", "--out", page);
  return page;
}

export async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(args);
  expect({ code, args, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, args, stderr: "" });
  return stdout;
}

/** The rows of a folder's `trials.csv`, each by the names of its columns. */
export async function trialRows(folder: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = JSON.parse(
    await done("export", folder, "--format", "json", "--out", "-", "--quiet"),
  );
  return rows;
}

/** Changes the text of a file. */
export async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}
