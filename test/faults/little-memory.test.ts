import { join } from "node:path";
import { expect, it } from "vitest";
import { openStoreReadOnly } from "#lrn/store/store.js";
import { LRN, ROOT, shell, temporaryFolder } from "../cli/lrn.js";

/** Of address space, in KiB: WebAssembly reserves 10 GiB for each worker's memory. */
const LIMITS = [5e6, 20e6, 25e6, 30e6, 40e6];

const linux = process.platform === "linux" && process.arch === "x64";

it.skipIf(!linux)(
  "with too little address space workers are given up, and no trial is blamed (Linux, x64)",
  async () => {
    const ends: string[] = [];
    for (const limit of LIMITS) {
      const folder = await temporaryFolder();
      const sweep = `sweep configs/thesis.json --set epochs=5 --workers 8 --out ${folder}`;
      const { code, stderr } = await shell(
        `ulimit -v ${limit}; exec "${process.execPath}" "${LRN}" ${sweep}`,
        { cwd: ROOT },
      );
      if (code === 0) {
        const store = openStoreReadOnly(join(folder, "trials.db"));
        const trials = store.cells().flatMap(({ key }) => store.trialsOf(key));
        store.close();
        expect(trials).toHaveLength(3360);
        expect(trials.filter(({ outcome }) => outcome.state === "failed")).toEqual([]);
        ends.push(
          stderr.includes("are given up, and the others go on") ? "with fewer" : "with all",
        );
      } else {
        expect(stderr).toMatch(
          /^lrn: (no worker can load engine fused|engine fused cannot be loaded) \(/m,
        );
        expect(code).toBe(1);
        ends.push("with none");
      }
    }
    expect(ends[0]).toBe("with none");
    expect(ends).toContain("with fewer");
  },
);
