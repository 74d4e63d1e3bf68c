import { oldestNode, packageVersion } from "../../files/package.js";
import type { Palette } from "../../output/palette.js";
import { visible, visibleLines } from "../../output/visible.js";
import { wrapped } from "../../output/wrapped.js";
import type { Finding } from "../../runs/doctor.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";

export const doctorCommand = command<{ json: boolean }>({
  usage: "doctor",
  summary: "Say which engines and backends can run here, why others cannot, and how to get them",
  options: (yargs) =>
    yargs.option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  async run({ json }, { out, show, stdout }) {
    const { examine } = await import("../../runs/doctor.js");
    const findings = await examine(oldestNode());
    const { colours, columns } = stdout;
    if (json) {
      out(visibleLines(JSON.stringify({ lrn: packageVersion(), findings }, null, 2)));
    } else {
      const told = findings.map((finding) => lines(finding, colours, columns));
      show([`lrn ${packageVersion()}`, ...told].join("\n"));
    }
    return EXIT.done;
  },
});

const MARK_WIDTH = 9;
const PART_WIDTH = 34;

function lines(finding: Finding, colours: Palette, columns: number): string {
  const part = finding.part.padEnd(PART_WIDTH);
  if (finding.present) {
    const detail = wrapped(visible(finding.detail), columns, MARK_WIDTH + PART_WIDTH);
    return `${colours.green("present".padEnd(MARK_WIDTH))}${part}${detail}`;
  }
  const indent = " ".repeat(MARK_WIDTH);
  return [
    `${colours.red("absent".padEnd(MARK_WIDTH))}${part.trimEnd()}`,
    `${indent}${wrapped(visible(finding.reason), columns, MARK_WIDTH)}`,
    `${indent}${visible(finding.remedy)}`, // in one line, so that its command can be copied
  ].join("\n");
}
