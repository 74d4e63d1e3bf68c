/**
 * Holds the direction of imports: a room may import from itself, from the rooms named here, and from
 * what all stand on, src/errors.ts and src/files. docs/architecture.md draws the same picture.
 */
const ROOMS = {
  files: [],
  model: [],
  engines: ["model"],
  store: ["model"],
  analysis: ["store", "model"],
  thesis: ["analysis", "model"],
  output: ["analysis", "thesis", "store", "model"],
  sweep: ["engines", "store", "model"],
};

/** Parts that run in a browser as they are: no Node module there. */
const BROWSER =
  "^src/(model/|engines/(reference/|fused/(?!load-kernel)|contract|bias-corrections|optimizer-constants|steps)|errors)";

const roomRules = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room}-imports-downwards`,
  comment: `src/${room} may import only from ${[room, ...below].join(", ")}, src/files and src/errors.ts`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(files|${[room, ...below].join("|")})/|^src/errors[.]ts$` },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "runs-in-a-browser",
      comment: "the model, the reference engine and the fused kernel's host use no Node module",
      severity: "error",
      from: { path: BROWSER },
      to: { dependencyTypes: ["core"] },
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
