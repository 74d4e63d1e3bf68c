import { expect, it } from "vitest";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { completedDataset } from "#lrn/sweep/completed-dataset.js";

const DRAWN = { ...THESIS_DATASET, samples: 50, seed: 7, domain: [0, 2], targetScale: 3 } as const;
const FILE = {
  ...{ file: "/data/a.csv", inputs: ["x"], targets: ["y"], samples: 30, sha256: "0".repeat(64) },
  testSamples: 5,
};
const { sha256: _, samples: __, ...NAMED } = FILE;

it.each([
  [
    "a drawn one keeps what it has",
    { function: "square" },
    DRAWN,
    { ...DRAWN, function: "square" },
  ],
  [
    "the thesis's keeps the thesis's",
    { samples: 5 },
    THESIS_DATASET,
    { ...THESIS_DATASET, samples: 5 },
  ],
  [
    "one drawn in the place of a file has its samples, and the thesis's points for the rest",
    { function: "square" },
    FILE,
    { ...THESIS_DATASET, function: "square", samples: 30, testSamples: 5 },
  ],
  [
    "a file in the place of drawn points keeps how they are scaled",
    { file: "b.csv", inputs: ["a"], targets: ["b"] },
    DRAWN,
    { file: "b.csv", inputs: ["a"], targets: ["b"], targetScale: 3 },
  ],
  ["another file is read anew", { file: "b.csv" }, FILE, { ...NAMED, file: "b.csv" }],
  ["other columns are other numbers", { inputs: ["z"] }, FILE, { ...NAMED, inputs: ["z"] }],
  [
    "other rows for testing are of the same numbers",
    { testSamples: 3 },
    FILE,
    { ...NAMED, testSamples: 3, sha256: FILE.sha256 },
  ],
  ["another scale is of the same rows", { targetScale: 2 }, FILE, { ...FILE, targetScale: 2 }],
] as const)("%s", (_, given, other, expected) => {
  expect(completedDataset(given, other as never)).toEqual(expected);
});
