import { oldestNode, packageVersion } from "../../files/package.js";
import type { Palette } from "../../output/palette.js";
import { visible, visibleLines } from "../../output/visible.js";
import { wrapped } from "../../output/wrapped.js";
import type { Finding } from "../../runs/doctor.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { type QueueOptions, queueFlag, queueOptions } from "../queue-flags.js";

interface Options extends QueueOptions {
  readonly json: boolean;
}

export const doctorCommand = command<Options>({
  usage: "doctor",
  summary: "Say which engines and backends can run here, why others cannot, and how to get them",
  options: (yargs) =>
    queueOptions(yargs).option("json", {
      type: "boolean",
      default: false,
      describe: "Print JSON",
    }) as never,
  async run({ json, ...options }, { note, out, show, stdout }) {
    const queue = await queueFlag(options, note);
    const [{ examine }, { examinePackages, examineQueue }] = await Promise.all([
      import("../../runs/doctor.js"),
      import("../../queue/examine.js"),
    ]);
    const packages = await examinePackages();
    const ofQueue = queue && packages.present ? await examineQueue(queue) : [];
    const findings: Finding[] = [...(await examine(oldestNode())), packages, ...ofQueue];
    const { colours, columns } = stdout;
    if (json) {
      out(visibleLines(JSON.stringify({ lrn: packageVersion(), findings }, null, 2)));
    } else {
      const told = findings.map((finding) => lines(finding, colours, columns));
      show([`lrn ${packageVersion()}`, ...told].join("\n"));
    }
    const isReady = !queue || [packages, ...ofQueue].every(({ present }) => present);
    return isReady ? EXIT.done : EXIT.failed;
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
