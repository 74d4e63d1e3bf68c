import { describe, expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { UserError } from "#lrn/errors.js";
import { whyMeaningless } from "#lrn/model/cell-rules.js";
import { cellOf, type NamedAxes } from "#lrn/model/cells.js";
import type { Cell } from "#lrn/model/trial.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { checkedSweep } from "#lrn/sweep/read-sweep.js";
import { run } from "../cli/lrn.js";

const NAMED: NamedAxes = {
  depth: 2,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
};

/** A change that makes a combination mean nothing, the same with the remedy, and what is said. */
const RULES: readonly [Partial<Cell>, Partial<Cell>, string][] = [
  [
    { initialization: "mirrored", width: 3 },
    { initialization: "mirrored", width: 4 },
    'initialization: "mirrored" pairs the neurons of a layer, so the width must be even, got 3; ' +
      "give even widths, or another initialization",
  ],
  [
    { initialization: "sign-flip", activation: { name: "elu", alpha: 1 } },
    { initialization: "sign-flip", activation: "relu" },
    'initialization: "sign-flip" keeps ReLUs alive, so the activation must be "relu", got "elu 1"; ' +
      'give activation "relu", or another initialization',
  ],
  [
    { connection: "late-residual-frozen", depth: 1 },
    { connection: "late-residual-frozen", depth: 2 },
    'connection: "late-residual-frozen" lets the output read layers below the last, so the depth must ' +
      "be 2 or more, got 1; give a larger depth, or another connection",
  ],
  [
    { trainingStyle: { name: "mini-batch", size: 21 } },
    { trainingStyle: { name: "mini-batch", size: 20 } },
    "training style: the size of a mini-batch must be at most the dataset's 20 samples, got 21; " +
      "give a smaller size, or more samples",
  ],
];

describe.each(RULES)("%j", (wrong, right, message) => {
  const gridOf = (change: Partial<Cell>) => {
    const { epochs, ...grid } = { ...NAMED, ...change };
    return Object.fromEntries(Object.entries(grid).map(([name, value]) => [name, [value]]));
  };

  it("means nothing, and with the remedy something", () => {
    expect(whyMeaningless(cellOf({ ...NAMED, ...wrong }))).toBe(message);
    expect(whyMeaningless(cellOf({ ...NAMED, ...right }))).toBeUndefined();
  });

  it("is refused in a sweep, with what else of it means nothing", async () => {
    const sweep = (change: Partial<Cell>) =>
      checkedSweep({ name: "x", seeds: 1, grid: [gridOf(change), gridOf(right)] as never });
    const meaningless = await sweep(wrong);
    expect(() => planSweep(meaningless, "float32/1")).toThrow(new UserError(`grid: ${message}`));
    expect(planSweep(await sweep(right), "float32/1").cells).toHaveLength(1);
  });

  it("is refused by lrn trial", async () => {
    const flags = Object.entries(wrong).flatMap(([name, value]) => [
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      typeof value === "object" ? JSON.stringify(value) : String(value),
    ]);
    const { code, stderr } = await run(["trial", ...flags]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `lrn: trial: ${message}\n` });
  });

  it("is refused by an engine that a program hands it to", async () => {
    const engine = await loadEngine("reference");
    const trial = { ...cellOf({ ...NAMED, ...wrong, epochs: 1 }), seed: 0 };
    expect(() => engine.train({ trials: [trial] })).toThrow(`batch: ${message}`);
  });
});

it("tells every mistake of a sweep once", async () => {
  const grid = {
    ...Object.fromEntries(Object.entries(NAMED).map(([name, value]) => [name, [value]])),
    width: [2, 3, 5],
    learningRate: [0.1, 0.01],
    initialization: ["mirrored"],
    connection: ["plain", "late-residual"],
  };
  const sweep = await checkedSweep({ name: "x", seeds: 1, grid: grid as never });
  const said = [3, 5].map((width) => `grid: ${RULES[0][2].replace("got 3", `got ${width}`)}`);
  expect(() => planSweep(sweep, "float32/1")).toThrow(new UserError(said.join("\n")));
});
