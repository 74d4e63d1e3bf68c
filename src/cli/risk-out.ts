/** `lrn risk --out`: which files it writes, what each holds, and the command in small print. */
import { chartAxes } from "../figures/born-dead-axes.js";
import { bornDeadCsv, bornDeadPicture } from "../figures/born-dead-figure.js";
import { pngOf } from "../figures/save.js";
import type { Risk } from "../runs/born-dead.js";
import type { Kind } from "../runs/newborn-kinds.js";
import { writeOut } from "../runs/own-files.js";
import { outPaths, refusePaths } from "./out-paths.js";
import { RISK_FLAGS } from "./risk-flags.js";
import { riskJson } from "./risk-text.js";
import { flagWords, quoted } from "./shell-words.js";

export interface RiskFiles {
  readonly paths: readonly string[];
  /** @param command what draws the picture */
  write(risks: readonly Risk[], command: string): Promise<void>;
}

/**
 * @param out as `--out` has it
 * @throws UserError where a file cannot be written, or no chart shows all of these
 */
export async function riskFiles(out: string, kinds: readonly Kind[]): Promise<RiskFiles> {
  const targets = outPaths(out, [".json"]);
  await refusePaths(targets);
  const isDrawn = targets.some(({ ending }) => ending === ".svg" || ending === ".png");
  if (isDrawn) chartAxes(kinds);
  return {
    paths: targets.map(({ path }) => path),
    async write(risks, command) {
      const svg = isDrawn ? await bornDeadPicture(risks, command) : "";
      for (const { path, ending } of targets) {
        await writeOut(path, contentOf(ending, risks, svg), "--out");
      }
    },
  };
}

function contentOf(ending: string, risks: readonly Risk[], svg: string): string | Uint8Array {
  switch (ending) {
    case ".svg":
      return svg;
    case ".png":
      return pngOf({ svg });
    case ".csv":
      return bornDeadCsv(risks);
    default:
      return `${riskJson(risks)}\n`;
  }
}

/** What draws the same picture. */
export function riskCommandLine(
  file: string | undefined,
  given: Readonly<Record<string, unknown>>,
): string {
  const flags = flagWords([...Object.keys(RISK_FLAGS), "seeds"], given);
  return ["lrn risk", ...(file === undefined ? [] : [quoted(file)]), ...flags].join(" ");
}
