/** The summary page of a GitHub Actions step. */
import { appendFile } from "node:fs/promises";
import { UserError } from "../errors.js";

/** Appends to the file that GitHub names; nothing where it names none, as outside its workflows. */
export async function appendStepSummary(markdown: string): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    await appendFile(file, markdown);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `GITHUB_STEP_SUMMARY: ${file} cannot be written (${code}); give a file that can`,
    );
  }
}
