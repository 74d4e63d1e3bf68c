/** What the thesis says in words of its networks, as claims that trainings bear out or do not. */
import type { Claim } from "../analysis/claims.js";
import type { AxisName } from "../model/axes.js";
import { THESIS_EPOCHS } from "./experiment.js";
import { printedTimes } from "./printed-numbers.js";

const CONVERGED = { measure: "converged" };
const BETWEEN_CONNECTIONS = { axis: "connection", base: "plain", other: "late-residual" } as const;
const RECIPE: readonly AxisName[] = ["optimizer", "learningRate", "trainingStyle"];
/** Whole trainings: some are trained for fewer epochs too. */
const WHOLE = { epochs: [THESIS_EPOCHS] };
const of = (axes: Claim["where"]): Claim["where"] => ({ width: [2], ...WHOLE, ...axes });
const WIDE = { width: [4], ...WHOLE };

export const THESIS_CLAIMS: readonly Claim[] = [
  {
    id: "more-often",
    from: "Figures 4.3 to 4.18",
    says: "late-residual networks converge more often than plain ones, with either optimizer, at each learning rate, in both styles and at every depth",
    where: of({}),
    by: [...RECIPE, "depth"],
    test: { kind: "more", ...BETWEEN_CONNECTIONS, ...CONVERGED },
  },
  {
    id: "more-often-in-all",
    from: "Figures 4.3 to 4.18",
    says: "late-residual networks converge more often than plain ones, with either optimizer, at each learning rate and in both styles, over all depths together",
    where: of({}),
    by: RECIPE,
    test: { kind: "more", ...BETWEEN_CONNECTIONS, ...CONVERGED },
  },
  {
    id: "deep-plain-never",
    from: "Figures 4.3 and 4.6",
    says: "at learning rate 0.01 plain networks deeper than 5 never converge",
    where: of({ connection: ["plain"], learningRate: [0.01], depth: [10, 15, 20, 25, 30] }),
    by: ["optimizer", "trainingStyle"],
    test: { kind: "never", ...CONVERGED },
  },
  {
    id: "sgd-0.001-nothing",
    from: "Figure 4.12",
    says: "with SGD at 0.001 nothing converges",
    where: of({ optimizer: ["sgd"], learningRate: [0.001] }),
    by: ["connection", "trainingStyle"],
    test: { kind: "never", ...CONVERGED },
  },
  {
    id: "adam-0.1-iterative-nothing",
    from: "Figure 4.15",
    says: "with Adam at 0.1 nothing converges iteratively",
    where: of({ optimizer: ["adam"], learningRate: [0.1], trainingStyle: ["iterative"] }),
    by: ["connection"],
    test: { kind: "never", ...CONVERGED },
  },
  {
    id: "adam-0.001-iterative-plain-never",
    from: "Figure 4.9",
    says: "with Adam at 0.001, iteratively, no plain network converges",
    where: of({
      connection: ["plain"],
      optimizer: ["adam"],
      learningRate: [0.001],
      trainingStyle: ["iterative"],
    }),
    by: ["depth"],
    test: { kind: "never", ...CONVERGED },
  },
  {
    id: "adam-0.001-iterative-late-residual",
    from: "Figure 4.9",
    says: "with Adam at 0.001, iteratively, late-residual networks converge at every depth",
    where: of({
      connection: ["late-residual"],
      optimizer: ["adam"],
      learningRate: [0.001],
      trainingStyle: ["iterative"],
    }),
    by: ["depth"],
    test: { kind: "sometimes", ...CONVERGED },
  },
  {
    id: "sgd-0.1-late-residual",
    from: "Figure 4.18",
    says: "with SGD at 0.1 late-residual networks converge at every depth",
    where: of({ connection: ["late-residual"], optimizer: ["sgd"], learningRate: [0.1] }),
    by: ["trainingStyle", "depth"],
    test: { kind: "sometimes", ...CONVERGED },
  },
  {
    id: "dead-layers-grow",
    from: "Figure 4.1",
    says: "with Adam at 0.1, in batches, converged late-residual networks have the more dead layers the deeper they are",
    where: of({
      connection: ["late-residual"],
      optimizer: ["adam"],
      learningRate: [0.1],
      trainingStyle: ["batch"],
    }),
    by: [],
    test: { kind: "rises", over: "depth", measure: "dead-layers", among: "converged" },
  },
  {
    id: "dead-layers-half",
    from: "Figure 4.1",
    says: "and from depth 10 on more than half of their layers are dead",
    where: of({
      connection: ["late-residual"],
      optimizer: ["adam"],
      learningRate: [0.1],
      trainingStyle: ["batch"],
      depth: [10, 15, 20, 25, 30],
    }),
    by: ["depth"],
    test: { kind: "above", share: 0.5, measure: "dead-layers", among: "converged" },
  },
  {
    id: "plain-no-dead-layer",
    from: "Figures 4.3 to 4.18",
    says: "converged plain networks have no dead layer",
    where: of({ connection: ["plain"] }),
    by: [],
    test: { kind: "never", measure: "dead-layers", among: "converged" },
  },
  {
    id: "fewer-dead-neurons",
    from: "Figure 4.3",
    says: "among converged networks of width 2, with Adam at 0.01, late-residual ones have fewer dead neurons",
    where: of({ optimizer: ["adam"], learningRate: [0.01] }),
    by: ["trainingStyle"],
    test: {
      kind: "fewer",
      ...BETWEEN_CONNECTIONS,
      measure: "dead-neurons",
      among: "converged",
    },
  },
  {
    id: "fewer-dead-neurons-width-4",
    from: "Figures 4.22 and 4.23",
    says: "among converged networks of width 4, with Adam at 0.001 in batches, late-residual ones have fewer dead neurons",
    where: WIDE,
    by: ["depth"],
    test: {
      kind: "fewer",
      ...BETWEEN_CONNECTIONS,
      measure: "dead-neurons",
      among: "converged",
    },
  },
  {
    id: "width-4-no-dead-layer",
    from: "Figure 4.21",
    says: "converged networks of width 4 and depths 2 to 15 have no dead layer",
    where: WIDE,
    by: ["connection"],
    test: { kind: "never", measure: "dead-layers", among: "converged" },
  },
  {
    id: "rate-kills",
    from: "in words",
    says: "the higher the learning rate, the more neurons die",
    where: of({}),
    by: ["optimizer", "trainingStyle", "connection"],
    test: { kind: "rises", over: "learningRate", measure: "dead-neurons" },
  },
  {
    id: "batch-kills-fewer",
    from: "in words",
    says: "training in batches kills fewer neurons than iterative training",
    where: of({}),
    by: ["optimizer", "learningRate", "connection"],
    test: {
      kind: "fewer",
      axis: "trainingStyle",
      base: "iterative",
      other: "batch",
      measure: "dead-neurons",
    },
  },
  {
    id: "takes-longer",
    from: "in words, as future work",
    says: "training a late-residual network takes longer than training a plain one",
    where: WHOLE,
    by: ["width", "depth"],
    test: { kind: "costs-more", ...BETWEEN_CONNECTIONS, printed: printedTimes() },
    note: "Judged by operations, which are exact, on average of all recipes and of a training in which nothing is left out. Times are medians of the training loops, averaged over recipes, on the machine that made this account, with whatever else it did meanwhile; they decide nothing. The engine leaves out layers below a dead one that no gradient passes, and steps that repeat: plain networks that are born dead have little left to do, so that the times may differ by more than the operations. Longer in so many of the recipes; printed times are those of the thesis's machine, where both connections have one.",
  },
];

/** What may explain the printed numbers: ours, not the thesis's. */
export const THESIS_HYPOTHESES: readonly Claim[] = [
  {
    id: "born-not-trained",
    from: "suggested by the printed means, which are close to those of networks before any training",
    says: "of the neurons that are dead in the end fewer than half died in training: most were born dead",
    where: of({}),
    by: ["connection", "optimizer", "learningRate", "depth"],
    test: { kind: "minority", measure: "dead-neurons-died", of: "dead-neurons" },
    note: "Born dead is what puts out 0 for all samples before the first step; what is born dead and still dead in the end was not trained to be so. No gradient passes a dead layer: a plain network that is born dead moves little, and so kills little, while a late-residual one goes on learning above and below it. Both styles of training count together.",
  },
  {
    id: "first-layer-suffices",
    from: "suggested by |x|, which two neurons of a single layer can fit",
    says: "of most converged late-residual networks the first layer alone would suffice",
    where: of({ connection: ["late-residual"] }),
    by: ["depth"],
    test: { kind: "above", share: 0.5, measure: "first-layer-suffices", among: "converged" },
    note: "A linear output of the first layer alone, fitted by least squares to the trained layer, has an RMSE of 0.07 or less. Where that is so, the network need owe nothing to the layers above: the connection has given the output a network of one hidden layer, which is enough for |x|. It says nothing of targets for which one layer is not enough.",
  },
];
