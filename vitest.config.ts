import { defineConfig } from "vitest/config";

/** Tests run what the build made, `#lrn/*` is `dist/*`, so that worker threads and the kernel are the real ones. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    server: { deps: { external: [/\/dist\//] } },
    testTimeout: 60_000,
  },
});
