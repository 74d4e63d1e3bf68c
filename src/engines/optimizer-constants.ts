/**
 * The optimizers' constants: Adam's as PyTorch's defaults have them, and the usual momentum. The kernel (assembly/) is compiled with this
 * file too, so it keeps to what both compilers read.
 */
export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;
export const MOMENTUM = 0.9;
