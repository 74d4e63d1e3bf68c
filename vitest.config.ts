import { defineConfig } from "vitest/config";

/** Tests run what the build made, `#lrn/*` is `dist/*`, so that worker threads and the kernel are the real ones. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Minutes of killing and resuming: `npm run test:faults`.
    exclude: process.env.LRN_FAULTS ? [] : ["test/faults/**"],
    server: { deps: { external: [/\/dist\//] } },
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
