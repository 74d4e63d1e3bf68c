/** The summary page of a GitHub Actions step. */
import { append } from "../files/write.js";

/** Appends to the file that GitHub names; nothing where it names none, as outside its workflows. */
export async function appendStepSummary(markdown: string): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file) await append(file, markdown, "GITHUB_STEP_SUMMARY");
}
