/** Pages of trained networks: a results folder's report, and the playground. */
import { readFile } from "node:fs/promises";
import { inPackage, packageVersion } from "../files/package.js";
import { pageHtml } from "../output/page/page-html.js";
import { readPageSweep } from "./page-sweep.js";
import { startingPoints } from "./starting-points.js";

/**
 * @returns the whole file
 * @throws UserError as `readPageSweep`
 */
export async function reportPage(folder: string): Promise<string> {
  const own = await readPageSweep(folder);
  return page(`${own.sweep.name}: trained networks`, own);
}

/** The page without a sweep: networks to try. */
export function playgroundPage(): Promise<string> {
  return page("Playground of small networks", { files: {} });
}

async function page(
  title: string,
  own: Pick<Parameters<typeof pageHtml>[1], "sweep" | "files">,
): Promise<string> {
  const built = (path: string) => readFile(inPackage(`dist/${path}`));
  const [script, style, kernel, points] = await Promise.all([
    built("page/page.js"),
    built("page/page.css"),
    built("command/kernel.wasm"),
    startingPoints(),
  ]);
  const data = { lrn: packageVersion(), ...own, startingPoints: points };
  return pageHtml(title, data, {
    script: script.toString("utf8"),
    style: style.toString("utf8"),
    kernel,
  });
}
