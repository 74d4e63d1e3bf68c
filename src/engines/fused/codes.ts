/**
 * The numbers by which the host and the kernel (assembly/) mean the same thing. Both are compiled
 * with this file, so it keeps to what both compilers read.
 */

// Optimizers.
export const ADAM = 0;
export const SGD = 1;
export const MOMENTUM = 2;

// Activations.
export const RELU = 0;

// Functions that `applyFunction` applies.
export const EXP = 0;
export const EXPM1 = 1;
export const NORMAL_CDF = 2;

/** Numbers in a row of the layer table, and which of them is what. */
export const LAYER_FIELDS = 5;
export const INPUTS = 0;
export const OUTPUTS = 1;
/** Where weights and biases start among the parameters: see src/model/layout.ts. */
export const WEIGHTS = 2;
export const BIASES = 3;
/** Where the output neuron's weights for this layer start, or NOT_READ. */
export const OUTPUT_WEIGHTS = 4;

/** The output neuron does not read the layer. */
export const NOT_READ = -1;
