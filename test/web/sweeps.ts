/** Sweeps whose reports tests open. */

/** Cells that differ in depth and connection. */
export const SMALL = {
  name: "small",
  grid: {
    depth: [2, 3],
    width: [2],
    connection: ["plain", "late-residual"],
    optimizer: ["adam"],
    learningRate: [0.01],
    trainingStyle: ["batch"],
  },
  seeds: 3,
  epochs: 200,
};

const RECIPE = {
  depth: [3],
  width: [2],
  connection: ["plain"],
  optimizer: ["adam"],
  learningRate: [0.01],
  trainingStyle: ["batch"],
};

/** Cells that differ in every axis, with drawn datasets of one and two inputs and a file, and trainings that diverge. */
export const WIDE = {
  name: "wide",
  dataset: [
    { function: "abs", samples: 20, generator: "numpy", seed: 42 },
    { function: "abs-sum-difference", samples: 15, generator: "numpy", seed: 1 },
    { file: "points.csv", inputs: ["a"], targets: ["b"], testSamples: 2 },
  ],
  epochs: [30, 60],
  grid: [
    {
      ...RECIPE,
      name: "base",
      depth: [2, 3],
      width: [2, 4],
      connection: ["plain", "late-residual"],
      optimizer: ["adam", "sgd"],
      learningRate: [0.1, 0.01],
      trainingStyle: ["iterative", "batch"],
    },
    {
      ...RECIPE,
      name: "connections",
      connection: ["residual", "dense", "late-residual-frozen"],
      optimizer: ["momentum"],
      trainingStyle: ["batch", { name: "mini-batch", size: 8 }],
    },
    {
      ...RECIPE,
      name: "activations",
      connection: ["late-residual"],
      activation: [
        "leaky-relu",
        { name: "leaky-relu", slope: 0.2 },
        "prelu",
        "elu",
        "gelu",
        "silu",
      ],
    },
    {
      ...RECIPE,
      name: "initializations",
      initialization: ["he-uniform", "he-normal", "xavier-uniform", "rai", "mirrored", "sign-flip"],
    },
    { ...RECIPE, name: "biases", bias: ["zero", { name: "constant", value: 0.1 }] },
    {
      ...RECIPE,
      name: "diverging",
      width: [4],
      connection: ["residual"],
      activation: ["elu"],
      optimizer: ["sgd"],
      learningRate: [1000],
    },
  ],
  seeds: 2,
};

const ROWS = Array.from({ length: 14 }, (_, i) => `${i},${(i * i) % 7}`);
export const WIDE_FILES = { "points.csv": ["a,b", ...ROWS].join("\n") };
