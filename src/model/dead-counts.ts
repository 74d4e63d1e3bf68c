/** How many neurons and layers of a training do nothing: born so, revived, and at its end. */
import { dimensionsOf } from "./dataset-dimensions.js";
import { countDead, type DeadDefinition, deadMasks, type Mask } from "./dead-neurons.js";
import type { Network } from "./trial.js";

/**
 * What is counted of each definition, neurons and layers alike: those that are so at the end, those that
 * were so before the first step (`Born`), and those of them that are so no longer (`Revived`). Those that
 * died are the end's, less the born, plus the revived. The dead at the end are counted elsewhere, as ever.
 * `collapsed` is 1 where the whole network puts out the same for every sample, else 0. In the order of the
 * store's columns.
 */
export const DEAD_COUNTS = [
  "deadNeuronsBorn",
  "deadNeuronsRevived",
  "deadLayersBorn",
  "deadLayersRevived",
  "constantNeurons",
  "constantNeuronsBorn",
  "constantNeuronsRevived",
  "constantLayers",
  "constantLayersBorn",
  "constantLayersRevived",
  "noGradientNeurons",
  "noGradientNeuronsBorn",
  "noGradientNeuronsRevived",
  "noGradientLayers",
  "noGradientLayersBorn",
  "noGradientLayersRevived",
  "collapsed",
  "collapsedBorn",
] as const;

export type DeadCount = (typeof DEAD_COUNTS)[number];
export type DeadCounts = Readonly<Record<DeadCount, number>>;

/** What a network puts out for all samples. */
export interface Outputs {
  /** Scaled predictions, [samples, outputs]. */
  readonly predictions: Float32Array;
  /** Each hidden neuron's f(z), [depth, samples, width]. */
  readonly activations: Float32Array;
}

/** A network after its last step, and what it was before the first. */
export interface TrainedNetwork extends Outputs {
  /** Parameters before the first step and after the last, [count] in the layout's order. */
  readonly initial: Float32Array;
  readonly parameters: Float32Array;
  readonly atStart: Outputs;
}

export function deadCounts(network: Network, training: TrainedNetwork): DeadCounts {
  const { initial, parameters, predictions, activations, atStart } = training;
  const born = deadMasks(network, initial, atStart.activations);
  const end = deadMasks(network, parameters, activations);
  const of = (definition: DeadDefinition) => compared(born[definition], end[definition]);
  const [dead, constant, noGradient] = [of("dead"), of("constant"), of("noGradient")];
  const { outputs } = dimensionsOf(network.dataset);
  return {
    deadNeuronsBorn: dead.born.neurons,
    deadNeuronsRevived: dead.revived.neurons,
    deadLayersBorn: dead.born.layers,
    deadLayersRevived: dead.revived.layers,
    constantNeurons: constant.end.neurons,
    constantNeuronsBorn: constant.born.neurons,
    constantNeuronsRevived: constant.revived.neurons,
    constantLayers: constant.end.layers,
    constantLayersBorn: constant.born.layers,
    constantLayersRevived: constant.revived.layers,
    noGradientNeurons: noGradient.end.neurons,
    noGradientNeuronsBorn: noGradient.born.neurons,
    noGradientNeuronsRevived: noGradient.revived.neurons,
    noGradientLayers: noGradient.end.layers,
    noGradientLayersBorn: noGradient.born.layers,
    noGradientLayersRevived: noGradient.revived.layers,
    collapsed: Number(isConstant(predictions, outputs)),
    collapsedBorn: Number(isConstant(atStart.predictions, outputs)),
  };
}

function compared(born: Mask, end: Mask) {
  const revived = born.map((layer, l) => layer.map((was, neuron) => was && !end[l][neuron]));
  const isDead = (layer: readonly boolean[]) => !layer.includes(false);
  return {
    born: countDead(born),
    end: countDead(end),
    revived: {
      neurons: countDead(revived).neurons,
      layers: born.filter((layer, l) => isDead(layer) && !isDead(end[l])).length,
    },
  };
}

/** @param predictions [samples, outputs] */
function isConstant(predictions: Float32Array, outputs: number): boolean {
  return predictions.every((y, i) => y === predictions[i % outputs]);
}
