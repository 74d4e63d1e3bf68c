/** Reads the kernel that the build put beside this file. */
import { readFile } from "node:fs/promises";

export async function loadKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(new URL("./kernel.wasm", import.meta.url)));
}
