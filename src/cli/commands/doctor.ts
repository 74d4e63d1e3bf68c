import { colours } from "../../output/colours.js";
import { visible, visibleLines } from "../../output/visible.js";
import { command, EXIT } from "../command.js";
import type { Finding } from "../examination.js";
import { oldestNode, packageVersion } from "../version.js";

export const doctorCommand = command<{ json: boolean }>({
  usage: "doctor",
  summary: "Say which engines and backends can run here, why others cannot, and how to get them",
  options: (yargs) =>
    yargs.option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  async run({ json }, { out }) {
    const { examine } = await import("../examination.js");
    const findings = await examine(oldestNode());
    out(
      json
        ? visibleLines(JSON.stringify({ lrn: packageVersion(), findings }, null, 2))
        : [`lrn ${packageVersion()}`, ...findings.map(lines)].join("\n"),
    );
    return EXIT.done;
  },
});

const MARK_WIDTH = 9;
const PART_WIDTH = 34;

function lines(finding: Finding): string {
  const part = finding.part.padEnd(PART_WIDTH);
  if (finding.present)
    return `${colours.green("present".padEnd(MARK_WIDTH))}${part}${visible(finding.detail)}`;
  const indent = " ".repeat(MARK_WIDTH + PART_WIDTH);
  return `${colours.red("absent".padEnd(MARK_WIDTH))}${part}${visible(finding.reason)}\n${indent}${visible(finding.remedy)}`;
}
