import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstLayerRmse } from "#lrn/model/first-layer-readout.js";

/** Rows of what the first layer puts out; a second layer behind it is never looked at. */
function rmseOf(rows: readonly (readonly number[])[], targets: readonly number[]) {
  const layer = rows.flat();
  return firstLayerRmse(
    { width: rows[0].length },
    { samples: rows.length, t: Float64Array.from(targets) },
    Float32Array.from([...layer, ...layer.map(() => Number.NaN)]),
  );
}

describe("a linear output of the first layer alone", () => {
  it("fits |x| exactly where the layer has both of its sides", () => {
    const xs = [-1, -0.5, 0.25, 1];
    const rows = xs.map((x) => [Math.max(0, x), Math.max(0, -x)]);
    expect(rmseOf(rows, xs.map(Math.abs))).toBeLessThan(1e-15);
  });

  it("is at best the mean of the targets where the layer is dead, or constant", () => {
    // Deviations of -1, 1: their root mean square.
    expect(rmseOf([[0], [0]], [1, 3])).toBe(1);
    expect(rmseOf([[0.3], [0.3]], [1, 3])).toBeCloseTo(1, 15);
    expect(rmseOf([[5], [5.0000005]], [1, 3])).toBeCloseTo(1, 15); // one float32 apart
  });

  it("agrees with NumPy's least squares, for two outputs", () => {
    // a = numpy.array([[1,2],[0,1],[3,0],[0,0],[2,5]]); t = [[1,0],[2,1],[0,3],[1,1],[4,2]]
    // r = t - X @ numpy.linalg.lstsq(X, t)[0], X = [a, 1]; numpy.sqrt((r ** 2).mean())
    const rows = [[1, 2], [0, 1], [3, 0], [0, 0], [2, 5]]; // biome-ignore format: a matrix
    expect(rmseOf(rows, [1, 0, 2, 1, 0, 3, 1, 1, 4, 2])).toBeCloseTo(0.5539264683819513, 14);
  });

  it("needs no more than one of two neurons that say the same", () => {
    const targets = [1, 0, 2, 5];
    const one = rmseOf([[1], [2], [0], [4]], targets);
    expect(rmseOf([[1, 2], [2, 4], [0, 0], [4, 8]], targets)).toBeCloseTo(one!, 14); // biome-ignore format: a matrix
  });

  it("is nothing where a neuron overflowed", () => {
    expect(rmseOf([[1], [Number.POSITIVE_INFINITY]], [1, 2])).toBeUndefined();
  });

  it("has residuals that nothing in the layer could lessen", () => {
    const sample = fc.tuple(
      fc.float({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: -9, max: 9, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(sample, { minLength: 3, maxLength: 30 }), (samples) => {
        const targets = samples.map(([, t]) => t);
        const rmse = rmseOf(
          samples.map(([h]) => [h]),
          targets,
        )!;
        // Simple regression: what is left of the targets' variance is 1 - r².
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const [h0, t0] = [mean(samples.map(([h]) => h)), mean(targets)];
        const moment = (f: (h: number, t: number) => number) =>
          samples.reduce((sum, [h, t]) => sum + f(h - h0, t - t0), 0);
        const [hh, ht, tt] = [
          moment((h) => h * h),
          moment((h, t) => h * t),
          moment((_, t) => t * t),
        ];
        fc.pre(hh > 1e-6);
        expect(rmse).toBeCloseTo(Math.sqrt(Math.max(0, tt - (ht * ht) / hh) / samples.length), 6);
      }),
    );
  });
});
