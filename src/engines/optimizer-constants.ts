/**
 * Adam's constants, as PyTorch's defaults have them. The kernel (assembly/) is compiled with this
 * file too, so it keeps to what both compilers read.
 */
export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;
