/** The kernel (assembly/) as its host sees it: what it exports, and the numbers in its memory. */

/** Networks per vector. */
export const LANES = 4;

/** Where something begins in the kernel's memory, in bytes; to be read after `layOut`. */
export type Address = WebAssembly.Global<"i32">;

/** What assembly/index.ts exports. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  layOut(
    depth: number,
    width: number,
    inputs: number,
    outputs: number,
    parameterCount: number,
    activation: number,
    samples: number,
    samplesPerStep: number,
    testSamples: number,
    epochs: number,
    features: number,
  ): number;
  grow(): number;
  evaluate(): void;
  train(optimizer: number, freezing: number, repeating: number): void;
  test(): void;
  applyFunction(code: number, address: number, elements: number): void;
  readonly layerTable: Address;
  readonly inputs: Address;
  readonly targets: Address;
  readonly testInputs: Address;
  readonly biasCorrections: Address;
  readonly activationParameter: Address;
  readonly streams: Address;
  readonly errorWeights: Address;
  readonly lossLimit: Address;
  readonly lastAbove: Address;
  readonly parameters: Address;
  readonly learningRates: Address;
  readonly frozenCounts: Address;
  readonly activations: Address;
  readonly predictions: Address;
  readonly testPredictions: Address;
  readonly losses: Address;
  readonly frozenLayers: WebAssembly.Global<"i32">;
  readonly skippedEpochs: WebAssembly.Global<"i32">;
}

/** Where an address is in an array of 32-bit numbers. From 2 GiB on it comes as a negative number. */
export function indexOf(address: Address): number {
  return address.value >>> 2;
}

/** Writes each network's values into its lane; a lane without gets those of the first. */
export function fillLanes(kernel: Kernel, at: Address, networks: readonly Float32Array[]): void {
  const floats = new Float32Array(kernel.memory.buffer, 4 * indexOf(at));
  for (let lane = 0; lane < LANES; lane++) {
    const values = networks[lane] ?? networks[0];
    for (let i = 0; i < values.length; i++) floats[i * LANES + lane] = values[i];
  }
}

/** Reads `length` values of one lane. */
export function readLane(kernel: Kernel, at: Address, lane: number, length: number): Float32Array {
  const floats = new Float32Array(kernel.memory.buffer, 4 * indexOf(at));
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = floats[i * LANES + lane];
  return values;
}
