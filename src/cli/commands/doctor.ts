import { oldestNode, packageVersion } from "../../files/package.js";
import type { Palette } from "../../output/palette.js";
import { visible, visibleLines } from "../../output/visible.js";
import type { Finding } from "../../runs/doctor.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";

export const doctorCommand = command<{ json: boolean }>({
  usage: "doctor",
  summary: "Say which engines and backends can run here, why others cannot, and how to get them",
  options: (yargs) =>
    yargs.option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  async run({ json }, { out, stdout }) {
    const { examine } = await import("../../runs/doctor.js");
    const findings = await examine(oldestNode());
    out(
      json
        ? visibleLines(JSON.stringify({ lrn: packageVersion(), findings }, null, 2))
        : [
            `lrn ${packageVersion()}`,
            ...findings.map((finding) => lines(finding, stdout.colours)),
          ].join("\n"),
    );
    return EXIT.done;
  },
});

const MARK_WIDTH = 9;
const PART_WIDTH = 34;

function lines(finding: Finding, colours: Palette): string {
  const part = finding.part.padEnd(PART_WIDTH);
  if (finding.present)
    return `${colours.green("present".padEnd(MARK_WIDTH))}${part}${visible(finding.detail)}`;
  const indent = " ".repeat(MARK_WIDTH + PART_WIDTH);
  return `${colours.red("absent".padEnd(MARK_WIDTH))}${part}${visible(finding.reason)}\n${indent}${visible(finding.remedy)}`;
}
