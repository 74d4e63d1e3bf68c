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
export const LEAKY_RELU = 1;
export const PRELU = 2;
export const ELU = 3;
export const GELU = 4;
export const SILU = 5;

// Functions that `applyFunction` applies.
export const EXP = 0;
export const EXPM1 = 1;
export const NORMAL_CDF = 2;

// What a batch of networks is like, beside its sizes: bits of one number.
export const RECORDS_LOSSES = 1;
/** Each pass sees the samples in an order of its own. */
export const SHUFFLES = 2;
/** A layer's outputs are added to what it read, and the layer above reads the sum. */
export const ADDS_UP = 4;
/** A layer is read by more layers than the next one. */
export const SKIPS_LAYERS = 8;
/** Hidden layers stay as they were drawn. */
export const KEEPS_HIDDEN = 16;
/** Finds out since when the networks are under a threshold. */
export const LOOKS = 32;

/** Numbers in a row of the layer table, and which of them is what. */
export const LAYER_FIELDS = 7;
export const INPUTS = 0;
export const OUTPUTS = 1;
/** Where weights and biases start among the parameters: see src/model/layout.ts. */
export const WEIGHTS = 2;
export const BIASES = 3;
/** The first of the layers that it reads, up to the one below; -1 is the input. */
export const FIRST_READ = 4;
/** Where the first output neuron's weights for this layer start, or NONE. */
export const OUTPUT_WEIGHTS = 5;
/** Where its learned slope is, or NONE. */
export const SLOPE = 6;

export const NONE = -1;

/** Numbers of the state that a lane's orders of samples are drawn from: 256 bytes, and two counters. */
export const STREAM_NUMBERS = 258;
