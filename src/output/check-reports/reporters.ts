/** Each reporter by its name: a check's report in, text for standard output out. */
import type { Palette } from "../palette.js";
import { consoleReport } from "./console.js";
import { githubLog } from "./github.js";
import { jsonReport } from "./json.js";
import { junitReport } from "./junit.js";
import type { CheckReport } from "./report.js";

export type Reporter = "console" | "json" | "junit" | "github";

export const REPORTERS: Readonly<
  Record<Reporter, (report: CheckReport, colours?: Palette, columns?: number) => string>
> = {
  console: consoleReport,
  json: jsonReport,
  junit: junitReport,
  github: githubLog,
};
