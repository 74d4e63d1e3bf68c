import { beforeAll, describe, expect, it } from "vitest";
import { activationFunction } from "#lrn/engines/reference/activation-functions.js";
import { float32 } from "#lrn/engines/reference/precision.js";
import { stackActivation } from "#lrn/engines/tfjs/stack-activations.js";
import { tf } from "#lrn/engines/tfjs/tensorflow-js.js";
import { type Activation, phraseOf } from "#lrn/model/trial.js";
import { ACTIVATION_VALUES } from "../values.js";
import { BACKEND_REPORTS } from "./trials.js";

/** Two trials of three samples and two neurons. At 0 some derivatives have a jump. */
const Z = [-30, -3, -1, -1e-3, -1e-7, 0, 0, 1e-7, 1e-3, 0.7, 2, 40].map(Math.fround);
const SLOPES = [0.25, -0.5];

const VALUES: readonly Activation[] = [...ACTIVATION_VALUES, { name: "elu", alpha: 3 }];

describe.each(BACKEND_REPORTS.map((report) => [report.title, report] as const))(
  "%s",
  (_title, { backend, usable }) => {
    beforeAll(async () => {
      if (usable) await tf.setBackend(backend);
    });

    describe.skipIf(!usable)("as the reference, within 1e-6 of the input", () => {
      it.each(VALUES.map((value) => [phraseOf(value), value] as const))("%s", (_, value) => {
        const f = stackActivation(value);
        const [h, dz, slopeGradients] = tf.tidy(() => {
          const z = tf.tensor3d(Z, [2, 3, 2]);
          const slopes = tf.tensor3d(SLOPES, [2, 1, 1]);
          const dh = tf.fill([2, 3, 2], 2);
          const gradients = tf.grads((z, slopes) =>
            tf.add(f(z as tf.Tensor3D, slopes as tf.Tensor3D), tf.mul(slopes, 0)),
          )([z, slopes], dh);
          return [f(z, slopes), ...gradients].map((tensor) => tensor.dataSync());
        });
        const expectedSlopes = [0, 0];
        Z.forEach((z, i) => {
          const trial = i < 6 ? 0 : 1;
          const own = activationFunction(value, float32, () => SLOPES[trial]);
          const expected = own.value(z);
          const tolerance = 1e-6 * Math.max(1, Math.abs(z));
          expect(Math.abs(h[i] - expected), `f(${z})`).toBeLessThan(tolerance);
          expect(Math.abs(dz[i] - own.backward(2, z, expected)), `f'(${z})`).toBeLessThan(
            tolerance,
          );
          expectedSlopes[trial] += own.slopeGradient?.(2, z) ?? 0;
        });
        expect([...slopeGradients].map((g, i) => Math.abs(g - expectedSlopes[i]) < 1e-4)).toEqual([
          true,
          true,
        ]);
      });

      it.each(VALUES.map((value) => [phraseOf(value), value] as const))(
        "%s keeps NaN",
        (_, value) => {
          const h = stackActivation(value)(
            tf.tensor3d([NaN], [1, 1, 1]),
            tf.tensor3d([0.5], [1, 1, 1]),
          );
          expect(h.dataSync()[0]).toBeNaN();
        },
      );
    });
  },
);
