/**
 * What is known beforehand of ReLU networks that are born dead: some hidden layer puts out 0 for every
 * input before anything is trained. N neurons per hidden layer, H hidden layers, and weights drawn
 * independently and symmetric about 0 throughout; `applicable-bounds.ts` has each one's other conditions.
 */

/**
 * 1 - (1 - 2⁻ᴺ)ᴴ (Lu, Shin, Su & Karniadakis 2020, "Dying ReLU and Initialization"). On any one input that
 * is not 0, all weighted sums of a layer are below 0 with a chance of 2⁻ᴺ, whatever the layers below did.
 * So it is the most that the chance can be for any inputs, and what it is for a single one.
 */
export function oneInputChance(width: number, depth: number): number {
  return -Math.expm1(depth * Math.log1p(-(2 ** -width)));
}

/**
 * 1 - (1 - 2⁻ᴺ)ᴴ⁻¹: the most for one input of both signs and biases of 0, where a neuron of the first
 * layer is alive on one side or the other. With one neuron per layer it is exact.
 */
export function bothSignsMost(width: number, depth: number): number {
  return oneInputChance(width, depth - 1);
}

/**
 * 1 - aᴴ⁻¹ + K(bᴴ⁻¹ - aᴴ⁻¹), with a = 1 - 2⁻ᴺ, b = 1 - 2¹⁻ᴺ - (N - 1)4⁻ᴺ and
 * K = (1 - 2¹⁻ᴺ)(1 - 2⁻ᴺ)/(1 + (N - 1)2⁻ᴺ): the least for one input of both signs, biases of 0, and layers
 * that read the layer below alone.
 */
export function bothSignsLeast(width: number, depth: number): number {
  const p = 2 ** -width;
  const a = 1 - p;
  const b = 1 - 2 * p - (width - 1) * p * p;
  const k = ((1 - 2 * p) * a) / (1 + (width - 1) * p);
  const above = depth - 1;
  return bothSignsMost(width, depth) + k * (b ** above - a ** above);
}

/**
 * How likely a neuron of the first layer is dead on [-r, r], weight and bias normal with the same
 * deviation.
 *
 * @param reach r, above 0
 */
export function normalNeuronDead(reach: number): number {
  return Math.atan(1 / reach) / Math.PI;
}

/**
 * The same with both uniform in the same ±bound, as in PyTorch's layers. On an interval that is not
 * symmetric it is the mean of what it is for the two ends.
 */
export function uniformNeuronDead(reach: number): number {
  return reach >= 1 ? 1 / (4 * reach) : 1 / 2 - reach / 4;
}
