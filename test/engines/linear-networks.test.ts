/**
 * Networks whose activation is the identity, leaky ReLU of slope 1: whatever the connection, they are
 * affine maps of the input, which a product of matrices gives without a pass through any network.
 */
import { expect, it } from "vitest";
import { forward, makeWorkspace } from "#lrn/engines/reference/network.js";
import { numpyStream } from "#lrn/model/random.js";
import { CONNECTIONS, type Connection, type Network, THESIS_DATASET } from "#lrn/model/trial.js";
import { float64 } from "./float64.js";

const INPUTS = 2;
const OUTPUTS = 2;
const WIDTH = 3;

/** Rows [A | c] of y = Ax + c. */
type Affine = readonly (readonly number[])[];

const INPUT: Affine = [
  [1, 0, 0],
  [0, 1, 0],
];

function add(a: Affine, b: Affine): Affine {
  return a.map((row, i) => row.map((value, j) => value + b[i][j]));
}

/** Takes parameters from the front in PyTorch's order: weights row by row, then biases. */
function linear(parameters: number[], read: Affine, outputs: number): Affine {
  const weights = Array.from({ length: outputs }, () => parameters.splice(0, read.length));
  const biases = parameters.splice(0, outputs);
  return weights.map((row, j) =>
    read[0].map(
      (_, column) =>
        row.reduce((sum, weight, i) => sum + weight * read[i][column], 0) +
        (column === INPUTS ? biases[j] : 0),
    ),
  );
}

/** What the output neurons read, from the definitions of the connections. */
const READ_BY_OUTPUT: Record<
  Connection,
  (next: (read: Affine) => Affine, depth: number) => Affine
> = {
  plain: (next, depth) => layers(next, depth).at(-1)!,
  "late-residual": (next, depth) => layers(next, depth).flat(),
  "late-residual-frozen": (next, depth) => layers(next, depth).flat(),
  residual(next, depth) {
    let h = next(INPUT);
    for (let l = 1; l < depth; l++) h = add(h, next(h));
    return h;
  },
  dense(next, depth) {
    let all = INPUT;
    for (let l = 0; l < depth; l++) all = [...all, ...next(all)];
    return all;
  },
};

function layers(next: (read: Affine) => Affine, depth: number): Affine[] {
  const outputs = [next(INPUT)];
  while (outputs.length < depth) outputs.push(next(outputs.at(-1)!));
  return outputs;
}

it.each(CONNECTIONS.flatMap((connection) => [1, 2, 5].map((depth) => ({ connection, depth }))))(
  "a $connection network of identities, depth $depth, is the affine map that its matrices give",
  ({ connection, depth }) => {
    const network: Network = {
      depth,
      width: WIDTH,
      connection,
      activation: { name: "leaky-relu", slope: 1 },
      dataset: { ...THESIS_DATASET, function: "abs-sum-difference" },
    };
    const space = makeWorkspace(float64, network);
    const stream = numpyStream(depth);
    const parameters = Float64Array.from({ length: space.layout.count }, () => 2 * stream() - 1);

    const left = [...parameters];
    const read = READ_BY_OUTPUT[connection]((x) => linear(left, x, WIDTH), depth);
    const map = linear(left, read, OUTPUTS);
    expect(left).toEqual([]);

    for (const [a, b] of [
      [0, 0],
      [1, -2],
      [-0.3, 0.7],
    ]) {
      const y = forward(float64, space, parameters, Float64Array.of(a, b));
      map.forEach(([ofA, ofB, constant], k) => {
        expect(y[k]).toBeCloseTo(ofA * a + ofB * b + constant, 12);
      });
    }
  },
);
