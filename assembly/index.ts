/**
 * The fused kernel: trains four same-shaped networks at once, one per lane of a 128-bit vector,
 * for all their epochs in one call.
 *
 * The host calls `layOut` and `grow`, writes the layer table and the data at their addresses, calls
 * `evaluate`, `train` and `test`, and reads the results from theirs. Nothing is allocated while training.
 *
 * Letters used in the shapes of all files here:
 *   D depth, W width, S samples, B samples of a step, T test points, E epochs; of one network
 *   I inputs, O outputs, P parameters.
 * Unless a shape says otherwise, one element is a v128: the same f32 of four networks.
 */
export { applyFunction } from "./exponential";
export {
  activationParameter,
  activations,
  biasCorrections,
  errorWeights,
  frozenCounts,
  frozenLayers,
  grow,
  inputs,
  lastAbove,
  layerTable,
  layOut,
  learningRates,
  losses,
  lossLimit,
  parameters,
  predictions,
  streams,
  targets,
  testInputs,
  testPredictions,
} from "./memory";
export { evaluate, skippedEpochs, test, train } from "./train";
