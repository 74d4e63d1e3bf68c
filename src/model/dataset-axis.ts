/** The axis of datasets: the fields of both kinds, and what a dataset is called. */
import { counted } from "../counted.js";
import type { Alternatives, Fields, Text, Texts } from "./axis.js";
import { type DatasetSpec, type DrawnDataset, type FileDataset, isOfFile } from "./trial.js";

const MOST_SAMPLES = 100_000;

const STANDARDIZE: Fields<DrawnDataset>["fields"]["standardize"] = {
  domain: {
    kind: "choice",
    names: { both: "both", inputs: "inputs", targets: "targets", none: "none" },
  },
  meaning: "Which of the two have mean 0 and deviation 1 in training.",
  default: "both",
};

const TARGET_SCALE: Fields<DrawnDataset>["fields"]["targetScale"] = {
  domain: { kind: "positive number", max: 1e6 },
  meaning: "Targets are multiplied by it after that, for training.",
  default: 1,
};

const DRAWN: Fields<DrawnDataset> = {
  kind: "fields",
  fields: {
    function: {
      domain: {
        kind: "choice",
        names: {
          abs: "|x|",
          "x-sin-5x": "x sin 5x",
          "step-plus-sine": "1[x > 0] + 0.2 sin 5x",
          square: "x²",
          "abs-sum-difference": "(|x₁ + x₂|, |x₁ - x₂|)",
        },
      },
      meaning: "The function to learn.",
    },
    samples: {
      domain: { kind: "whole number", min: 2, max: MOST_SAMPLES },
      meaning: "How many points are drawn from the domain.",
    },
    generator: {
      domain: { kind: "choice", names: { numpy: "NumPy", seedrandom: "seedrandom" } },
      meaning: "What draws them: NumPy's legacy generator (MT19937), as the thesis, or seedrandom.",
    },
    seed: {
      domain: { kind: "whole number", min: 0, max: 2 ** 32 - 1 },
      meaning: "The generator's seed.",
    },
    domain: {
      domain: { kind: "interval", min: -1e6, max: 1e6 },
      meaning: "Each input is drawn from [low, high).",
      default: [-1, 1],
    },
    standardize: STANDARDIZE,
    targetScale: TARGET_SCALE,
    testSamples: {
      domain: { kind: "whole number", min: 0, max: MOST_SAMPLES },
      meaning: "Further points, which networks are judged on and not trained on.",
      default: 0,
    },
  },
};

const PATH: Text = {
  kind: "text",
  pattern: /^[^\0]{1,4096}$/,
  rule: "the path of a CSV file",
};

const COLUMN: Text = {
  kind: "text",
  pattern: /^[^\p{Cc}]{1,200}$/u,
  rule: "the name of a column",
};

const columns = (example: string): Texts => ({
  kind: "texts",
  each: COLUMN,
  most: 256,
  rule: `a list of 1 to 256 columns' names, none of them twice, as ${example}`,
});

const OF_FILE: Fields<FileDataset> = {
  kind: "fields",
  fields: {
    file: {
      domain: PATH,
      meaning:
        "A CSV file with a header; where its path is relative, from the sweep file's folder.",
    },
    inputs: { domain: columns('["x1", "x2"]'), meaning: "The columns that are the inputs." },
    targets: { domain: columns('["y"]'), meaning: "The columns to learn." },
    samples: {
      domain: { kind: "whole number", min: 2, max: MOST_SAMPLES },
      meaning: "Rows to train on: all but those for testing.",
      filledIn: "from the file",
    },
    sha256: {
      domain: {
        kind: "text",
        pattern: /^[0-9a-f]{64}$/,
        rule: "64 hexadecimal digits, in lower case",
      },
      meaning: "Of the columns' names and numbers: where it is given, the file must have these.",
      filledIn: "from the file",
    },
    standardize: STANDARDIZE,
    targetScale: TARGET_SCALE,
    testSamples: {
      domain: { kind: "whole number", min: 0, max: MOST_SAMPLES },
      meaning: "Rows, chosen at random, that networks are judged on and not trained on.",
      default: 0,
    },
  },
};

export const DATASETS: Alternatives<DatasetSpec> = { kind: "alternatives", of: [DRAWN, OF_FILE] };

/** `abs-20-numpy-42` or `data-1a2b3c4d`, and what is off its default. */
export function datasetSlug(spec: DatasetSpec): string {
  const { standardize, targetScale, testSamples } = spec;
  return [
    ...(isOfFile(spec) ? fileSlug(spec) : drawnSlug(spec)),
    ...(standardize ? [`standardized-${standardize}`] : []),
    ...(targetScale ? [`scale-${targetScale}`] : []),
    ...(testSamples ? [`tested-on-${testSamples}`] : []),
  ].join("-");
}

function drawnSlug({ function: name, samples, generator, seed, domain }: DrawnDataset): string[] {
  return [
    `${name}-${samples}-${generator}-${seed}`,
    ...(domain ? [`${domain[0]}-to-${domain[1]}`] : []),
  ];
}

/**
 * The file's name as any file system takes it, and what tells files of one name and columns of one file
 * apart. What a damaged store has of them is shown as it is.
 */
function fileSlug({ file, sha256 }: FileDataset): string[] {
  const name = String(file)
    .replace(/^.*[/\\]/s, "")
    .replace(/\.[^.]*$/, "");
  const safe = name.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 60);
  return [safe.replace(/^\.+/, "") || "data", String(sha256).slice(0, 8)];
}

/** A longer list of columns is counted instead. */
const LONGEST_LIST = 40;

/** `dataset data-1a2b3c4d (x1, x2 to y)` */
export function datasetPhrase(spec: DatasetSpec): string {
  const phrase = `dataset ${datasetSlug(spec)}`;
  if (!isOfFile(spec)) return phrase;
  const [inputs, targets] = [[spec.inputs].flat(), [spec.targets].flat()];
  const columns = `${inputs.join(", ")} to ${targets.join(", ")}`;
  const counts = `${counted(inputs.length, "input")}, ${counted(targets.length, "target")}`;
  return `${phrase} (${columns.length > LONGEST_LIST ? counts : columns})`;
}
