import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests that take long, each with what has them run: `npm run test:faults`, `test:package`, `test:counts`, `test:browser`,
 * `test:queue`. */
const LONG = {
  "test/faults/**": "LRN_FAULTS",
  "test/package/**": "LRN_PACKAGE",
  "test/queue/redis/**": "LRN_QUEUES",
  "test/thesis/published-counts.test.ts": "LRN_COUNTS",
  "test/web/**": "LRN_BROWSER",
};

/** These take longest for their size. */
const LONG_TO_RUN = [
  "test/runs/width-four-reading.test.ts",
  ...(process.env.LRN_WHOLE ? ["test/engines/fused.test.ts"] : []),
  "test/faults/node-versions.test.ts",
  "test/faults/kill.test.ts",
  "test/queue/redis/faults.test.ts",
];

/** Where nothing was measured yet, vitest begins with the largest files; one that takes long at the end would run alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const takesLong = ({ moduleId }: TestSpecification) =>
      Number(LONG_TO_RUN.some((name) => moduleId.endsWith(name)));
    return (await super.sort(files)).sort((a, b) => takesLong(b) - takesLong(a));
  }
}

/** Tests of faults take up to two minutes, and start processes that take all cores. */
const LIMIT_MS = process.env.LRN_FAULTS ? 900_000 : 180_000;

/** Tests run what the build made, `#lrn/*` is `dist/*`, so that worker threads and the kernel are the real ones. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: Object.entries(LONG)
      .filter(([, variable]) => !process.env[variable])
      .map(([folder]) => folder),
    globalSetup: "test/temporary-folders.ts",
    setupFiles: "test/setup.ts",
    server: { deps: { external: [/\/dist\//] } },
    // Some tests wait, so that one more than there are cores keeps all of them busy.
    maxWorkers: availableParallelism() + 1,
    // Files share a process, which saves a tenth of the time: what the build made keeps no state that they could see.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Most of what tests run is soon over: optimizing it later, but the kernel sooner, and collecting garbage less often, saves a
    // seventh; to do so from the start, a fifteenth more.
    execArgv: [
      "--interrupt-budget=1000000",
      "--wasm-tiering-budget=100000",
      "--min-semi-space-size=32",
      "--max-semi-space-size=64",
    ],
    // What hangs is to end, and no more: machines may be slow.
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
  },
});
