/** Each reporter by its name: a check's report in, text for standard output out. */
import type { Palette } from "../palette.js";
import type { CheckReport } from "./check-report.js";
import { consoleReport } from "./console-report.js";
import { githubLog } from "./github-report.js";
import { jsonReport } from "./json-report.js";
import { junitReport } from "./junit-report.js";

export type Reporter = "console" | "json" | "junit" | "github";

export const REPORTERS: Readonly<
  Record<Reporter, (report: CheckReport, colours?: Palette, columns?: number) => string>
> = {
  console: consoleReport,
  json: jsonReport,
  junit: junitReport,
  github: githubLog,
};
