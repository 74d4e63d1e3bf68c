import { builtinModules } from "node:module";
import ts from "typescript";

/**
 * Holds the direction of imports: a room may import from itself, from the rooms named here, and from
 * what all stand on, src/errors.ts, src/counted.ts and src/files. docs/architecture.md draws the same picture.
 */
const RESULTS = ["output", "thesis", "analysis", "store", "model"];
const RUNS = ["runs", "queue", "sweep", "engines", ...RESULTS];
const ROOMS = {
  files: [],
  model: [],
  engines: ["model"],
  store: ["model"],
  analysis: ["store", "model"],
  thesis: ["analysis", "model"],
  output: ["analysis", "thesis", "store", "model"],
  sweep: ["engines", "analysis", "store", "model"],
  queue: ["sweep", "engines", "model"],
  runs: ["queue", "sweep", "engines", ...RESULTS],
  figures: RUNS,
  bench: RUNS,
  cli: ["figures", "bench", ...RUNS],
};

/** What runs in a browser as it is, as regular expressions of paths: the list of tsconfig.browser.json. */
const { config } = ts.readConfigFile("tsconfig.browser.json", ts.sys.readFile);
const BROWSER = config.include.map(
  (glob) =>
    `^${glob
      .replaceAll(".", "[.]")
      .replaceAll("**/*", ".+")
      .replaceAll(/(?<![.])[*]/g, "[^/]*")}$`,
);

/** The groups in src/output, each with those below it; palette.ts and visible.ts are for all of them. */
const OUTPUT_GROUPS = {
  tables: [],
  formats: ["tables"],
  pictures: ["tables"],
  "check-reports": ["formats"],
  page: [],
};

const groupRules = Object.entries(OUTPUT_GROUPS).map(([group, below]) => ({
  name: `output-${group}-imports-downwards`,
  comment: `src/output/${group} may import from its own room only ${[group, ...below].join(", ")}`,
  severity: "error",
  from: { path: `^src/output/${group}/` },
  to: { path: "^src/output/.+/", pathNot: `^src/output/(${[group, ...below].join("|")})/` },
}));

const roomRules = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room}-imports-downwards`,
  comment: `src/${room} may import only from ${[room, ...below].join(", ")}, src/files, src/errors.ts and src/counted.ts`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: {
    path: "^src/",
    pathNot: `^src/(files|${[room, ...below].join("|")})/|^src/(errors|counted)[.]ts$`,
  },
}));

export default {
  forbidden: [
    ...roomRules,
    ...groupRules,
    {
      name: "only-the-process-starts-the-command-line",
      comment: "what src/index.ts exports is a library: it neither prints nor exits",
      severity: "error",
      from: { pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "runs-in-a-browser",
      comment:
        "what tsconfig.browser.json lists uses no Node module, nor does anything that it imports",
      severity: "error",
      from: { path: BROWSER },
      to: { path: `^(node:)?(${builtinModules.join("|")})$`, reachable: true },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
