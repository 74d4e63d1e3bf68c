/** What `lrn verify thesis` trains, and what its account shows of it. */
import type { AskedPlot } from "../analysis/account.js";
import { headingOf } from "../model/cells.js";
import {
  THESIS_CONNECTIONS,
  THESIS_EPOCHS,
  THESIS_OPTIMIZERS,
  THESIS_STYLES,
} from "./experiment.js";

const DEPTHS = [2, 5, 10, 15, 20, 25, 30];
const RATES = [0.1, 0.01, 0.001];
/** A training of more epochs passes through the states of those with fewer. */
const EPOCHS = [10, 30, 100, 300, 1000, THESIS_EPOCHS];
/** Of Figures 4.21 to 4.23. */
const WIDE = { depth: [2, 5, 10, 15], width: [4] };
const NARROW = { depth: DEPTHS, width: [2] };
const ADAM_IN_BATCHES = {
  connection: THESIS_CONNECTIONS,
  optimizer: ["adam"] as const,
  trainingStyle: ["batch"] as const,
};

/** The cells that the thesis prints numbers of, its tables of width 2 and four depths of width 4; and some of them by epoch. */
export const THESIS_SWEEP = {
  name: "verify-thesis",
  grid: [
    {
      ...NARROW,
      connection: THESIS_CONNECTIONS,
      optimizer: THESIS_OPTIMIZERS,
      learningRate: RATES,
      trainingStyle: THESIS_STYLES,
    },
    { ...NARROW, ...ADAM_IN_BATCHES, learningRate: [0.1, 0.001], epochs: EPOCHS },
    { ...WIDE, ...ADAM_IN_BATCHES, learningRate: [0.001], epochs: EPOCHS },
  ],
};

const WHOLE = { width: [2], epochs: [THESIS_EPOCHS] };

const RATE_PLOTS = THESIS_OPTIMIZERS.map((optimizer): AskedPlot => {
  const name = headingOf("optimizer", optimizer);
  return {
    id: `rates-${optimizer}`,
    title: `How many converge with ${name}, by depth: ours, and as printed`,
    where: { optimizer: [optimizer], ...WHOLE },
    ...{ x: "depth", y: ["converged"], colour: "connection" },
    ...{ row: "learningRate", column: "trainingStyle" },
  };
});

const BY_EPOCH = [
  { width: 2, learningRate: 0.001 },
  { width: 2, learningRate: 0.1 },
  { width: 4, learningRate: 0.001 },
];

const DEATH_PLOTS = (["neurons", "layers"] as const).flatMap((of) =>
  BY_EPOCH.map(({ width, learningRate }): AskedPlot => {
    return {
      id: `dead-${of}-by-epoch-width-${width}-rate-${learningRate}`,
      title: `Dead ${of} that were born so, died and revived, by epoch: width ${width}, Adam at ${learningRate}, in batches`,
      where: {
        ...{ width: [width], learningRate: [learningRate], epochs: EPOCHS },
        ...{ optimizer: ["adam"], trainingStyle: ["batch"] },
      },
      ...{ x: "epochs", column: "connection", colour: "depth", share: true },
      y: [`dead-${of}-born`, `dead-${of}-died`, `dead-${of}-revived`],
    };
  }),
);

export const THESIS_PLOTS: readonly AskedPlot[] = [
  ...RATE_PLOTS,
  ...DEATH_PLOTS,
  {
    id: "first-layer",
    title: "Of how many converged networks the first layer alone would suffice",
    where: WHOLE,
    ...{ x: "depth", y: ["first-layer-suffices"], among: "converged", colour: "connection" },
    ...{ row: "optimizer", column: "learningRate" },
  },
];
