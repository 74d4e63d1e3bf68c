/**
 * The fused kernel: trains four same-shaped networks at once, one per lane of a 128-bit vector,
 * for all their epochs in one call.
 *
 * The host calls `prepare`, writes the data at the places that the `…At` functions give, calls
 * `train`, and reads the results from the same places. Nothing is allocated while training.
 *
 * Letters used in the shapes of all files here:
 *   D depth, W width, S samples, E epochs, P parameters of one network.
 * Unless a shape says f32, one element is a v128: the same number of four networks.
 */
export {
  activationsAt,
  biasCorrectionsAt,
  frozenCountsAt,
  frozenLayers,
  inputsAt,
  learningRatesAt,
  lossesAt,
  parametersAt,
  predictionsAt,
  prepare,
  targetsAt,
} from "./memory";
export { countFrozen, skippedEpochs, train } from "./train";
