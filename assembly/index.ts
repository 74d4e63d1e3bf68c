/**
 * The fused kernel: trains four same-shaped networks at once, one per lane of a 128-bit vector,
 * for all their epochs in one call.
 *
 * The host calls `prepare`, writes the layer table and the data at their addresses, calls `train`,
 * and reads the results from theirs. Nothing is allocated while training.
 *
 * Letters used in the shapes of all files here:
 *   D depth, W width, S samples, E epochs, P parameters of one network.
 * Unless a shape says otherwise, one element is a v128: the same f32 of four networks.
 */
export { applyFunction } from "./exponential";
export {
  activations,
  biasCorrections,
  frozenCounts,
  frozenLayers,
  inputs,
  layerTable,
  learningRates,
  losses,
  parameters,
  predictions,
  prepare,
  targets,
} from "./memory";
export { countFrozen, skippedEpochs, train } from "./train";
