/** Tries the operations that training is made of, before a backend is trusted with any. */
import { tf } from "./tensorflow-js.js";

interface Check {
  readonly compute: () => tf.Tensor;
  /** The result's values in row-major order, by hand. */
  readonly expected: readonly number[];
}

/** Values that come out the same in any order of summation, up to the last bits of a division or a root. */
const TOLERANCE = 1e-6;

const ERF_1 = 0.8427007929497149;
const ERF_2 = 0.9953222650189527;

const a = () => tf.tensor3d([1, -2, 3, 4, 5, -6, 7, 8], [2, 2, 2]);
const b = () => tf.tensor3d([2, 1, 0, -1], [2, 1, 2]);

/** By the operation's name in TensorFlow.js. `a` is [2, 2, 2], `b` [2, 1, 2]: two networks of two neurons. */
const CHECKS: Readonly<Record<string, Check>> = {
  matMul: { compute: () => tf.matMul(b(), a()), expected: [5, 0, -7, -8] },
  "matMul with transposeA": {
    compute: () => tf.matMul(a(), a(), true, false),
    expected: [10, 10, 10, 20, 74, 26, 26, 100],
  },
  "matMul with transposeB": {
    compute: () => tf.matMul(a(), b(), false, true),
    expected: [0, 10, 6, -8],
  },
  add: { compute: () => tf.add(a(), b()), expected: [3, -1, 5, 5, 5, -7, 7, 7] },
  sub: { compute: () => tf.sub(a(), b()), expected: [-1, -3, 1, 3, 5, -5, 7, 9] },
  mul: { compute: () => tf.mul(a(), b()), expected: [2, -2, 6, 4, 0, 6, 0, -8] },
  div: { compute: () => tf.div(b(), a()), expected: [2, -0.5, 2 / 3, 0.25, 0, 1 / 6, 0, -0.125] },
  relu: { compute: () => tf.relu(a()), expected: [1, 0, 3, 4, 5, 0, 7, 8] },
  "relu's gradient": {
    compute: () => tf.grad((x) => tf.relu(x))(tf.tensor1d([-1, 0, 2])),
    expected: [0, 0, 1],
  },
  leakyRelu: { compute: () => tf.leakyRelu(b(), 0.5), expected: [2, 1, 0, -0.5] },
  "leakyRelu's gradient": {
    compute: () => tf.grad((x) => tf.leakyRelu(x, 3))(tf.tensor1d([-1, 0, 2])),
    expected: [3, 3, 1],
  },
  elu: { compute: () => tf.elu(b()), expected: [2, 1, 0, Math.expm1(-1)] },
  "elu's gradient": {
    compute: () => tf.grad((x) => tf.elu(x))(tf.tensor1d([-1, 0, 2])),
    expected: [Math.exp(-1), 1, 1],
  },
  minimum: { compute: () => tf.minimum(b(), 0), expected: [0, 0, 0, -1] },
  "minimum's gradient": {
    compute: () => tf.grad((x) => tf.minimum(x, 0))(tf.tensor1d([-1, 0, 2])),
    expected: [1, 1, 0],
  },
  erf: { compute: () => tf.erf(tf.tensor1d([-1, 0, 2])), expected: [-ERF_1, 0, ERF_2] },
  "erf's gradient": {
    compute: () => tf.grad((x) => tf.erf(x))(tf.tensor1d([-1, 0])),
    expected: [2 / Math.sqrt(Math.PI) / Math.E, 2 / Math.sqrt(Math.PI)],
  },
  sigmoid: {
    compute: () => tf.sigmoid(tf.tensor1d([-1, 0])),
    expected: [1 / (1 + Math.E), 0.5],
  },
  "sigmoid's gradient": {
    compute: () => tf.grad((x) => tf.sigmoid(x))(tf.tensor1d([0])),
    expected: [0.25],
  },
  sqrt: { compute: () => tf.sqrt(tf.tensor1d([0, 2, 9])), expected: [0, Math.SQRT2, 3] },
  square: { compute: () => tf.square(b()), expected: [4, 1, 0, 1] },
  squaredDifference: {
    compute: () => tf.squaredDifference(a(), b()),
    expected: [1, 9, 1, 9, 25, 25, 49, 81],
  },
  sum: { compute: () => tf.sum(a(), 1), expected: [4, 2, 12, 2] },
  mean: { compute: () => tf.mean(a(), [1, 2]), expected: [1.5, 3.5] },
  concat: {
    compute: () => tf.concat([a(), a()], 2),
    expected: [1, -2, 1, -2, 3, 4, 3, 4, 5, -6, 5, -6, 7, 8, 7, 8],
  },
  stack: {
    compute: () => tf.stack([a(), a()], 1),
    expected: [1, -2, 3, 4, 1, -2, 3, 4, 5, -6, 7, 8, 5, -6, 7, 8],
  },
  split: { compute: () => tf.split(a(), [1, 1], 2)[1], expected: [-2, 4, -6, 8] },
  "split's gradient": {
    compute: () =>
      tf.grad((x) => {
        const [first, second] = tf.split(x, [1, 1], 1);
        return tf.sub(tf.mul(first, 3), second);
      })(tf.tensor2d([2, 1, 0, -1], [2, 2])),
    expected: [3, -1, 3, -1],
  },
  tile: { compute: () => tf.tile(b(), [1, 2, 1]), expected: [2, 1, 2, 1, 0, -1, 0, -1] },
  unstack: { compute: () => tf.unstack(a())[1], expected: [5, -6, 7, 8] },
};

/**
 * @returns the name of the first operation that TensorFlow.js's current backend lacks or gets wrong
 */
export function findWrongOperation(): string | undefined {
  return Object.keys(CHECKS).find((name) => !isRight(CHECKS[name]));
}

function isRight({ compute, expected }: Check): boolean {
  try {
    const values = tf.tidy(() => compute().dataSync());
    return (
      values.length === expected.length &&
      expected.every((value, i) => Math.abs(values[i] - value) <= TOLERANCE)
    );
  } catch {
    return false;
  }
}
