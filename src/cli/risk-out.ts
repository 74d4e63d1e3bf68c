/** `lrn risk --out`: which files it writes, what each holds, and the command in small print. */
import { basename, extname } from "node:path";
import { UserError } from "../errors.js";
import { bornDeadCsv, bornDeadPicture } from "../figures/born-dead-figure.js";
import { chartAxes } from "../figures/born-dead-axes.js";
import { pngOf } from "../figures/save.js";
import { refuseUnwritable } from "../files/write.js";
import type { Risk } from "../runs/born-dead.js";
import type { Kind } from "../runs/newborn-kinds.js";
import { refuseOwnFile, writeOut } from "../runs/own-files.js";
import { jsonOrText } from "../sweep/overrides.js";
import { RISK_FLAGS } from "./risk-flags.js";
import { riskJson } from "./risk-text.js";

/** What a path without an ending stands for. */
const ALL = [".svg", ".png", ".csv"];
const ENDINGS = [...ALL, ".json"];

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
  const ending = extname(out).toLowerCase();
  const isName = !["", "-", ".", ".."].includes(basename(out)) && !/[/\\]$/.test(out);
  if (!isName || (ending !== "" && !ENDINGS.includes(ending))) {
    throw new UserError(
      "--out: must be a file's name that ends in .svg, .png, .csv or .json, or one without an ending, " +
        `for .svg, .png and .csv, got ${JSON.stringify(out)}`,
    );
  }
  const paths = ending === "" ? ALL.map((each) => `${out}${each}`) : [out];
  for (const path of paths) {
    await refuseOwnFile(path, "--out");
    await refuseUnwritable(path, "--out");
  }
  const endings = ending === "" ? ALL : [ending];
  const isDrawn = endings.some((each) => each === ".svg" || each === ".png");
  if (isDrawn) chartAxes(kinds);
  return {
    paths,
    async write(risks, command) {
      const svg = isDrawn ? await bornDeadPicture(risks, command) : "";
      for (const [i, path] of paths.entries()) {
        await writeOut(path, contentOf(endings[i], risks, svg), "--out");
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
  const flags = [...Object.keys(RISK_FLAGS), "seeds"].flatMap((flag) =>
    typeof given[flag] === "string" ? [`--${flag} ${quoted(given[flag])}`] : [],
  );
  return ["lrn risk", ...(file === undefined ? [] : [quoted(file)]), ...flags].join(" ");
}

/** As a shell takes it, with blanks in JSON where lines may break. */
function quoted(text: string): string {
  if (/^[\w.,:/=+@%-]+$/.test(text)) return text;
  const value = jsonOrText(text);
  const spaced =
    typeof value === "object" ? JSON.stringify(value, null, 1).replace(/\n */g, " ") : text;
  return `'${spaced.replaceAll("'", "'\\''")}'`;
}
