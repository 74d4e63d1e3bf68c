import { describe, expect, it } from "vitest";
import { datasetStream, namedStream, numpyStream, type Stream } from "#lrn/model/random.js";

function draw(stream: Stream, count: number): number[] {
  return Array.from({ length: count }, stream);
}

describe("NumPy's generator", () => {
  // numpy.random.RandomState(seed).random_sample(1000), NumPy 1.24. MT19937 renews its 624 words
  // after 312 numbers.
  it.each([
    [
      0,
      [
        0.5488135039273248, 0.7151893663724195, 0.6027633760716439, 0.14694664540037505,
        0.07952208258675575, 0.6771411441114241,
      ],
    ],
    [
      42,
      [
        0.3745401188473625, 0.9507143064099162, 0.7319939418114051, 0.07845638134226596,
        0.02535074341545751, 0.44600577295795574,
      ],
    ],
    [
      2 ** 32 - 1,
      [
        0.0976320289940138, 0.9123828453026218, 0.78903530185164, 0.2845819535787153,
        0.89887815082878, 0.556626859384112,
      ],
    ],
  ])("draws RandomState(%i).random_sample()", (seed, expected) => {
    const drawn = draw(numpyStream(seed), 1000);
    expect([0, 1, 2, 311, 312, 999].map((i) => drawn[i])).toEqual(expected);
  });
});

describe("a named stream", () => {
  // Worked out by a second program written to seedrandom's description: ARC4 keyed with the name,
  // 256 bytes thrown away, numbers of 52 or 53 bits. It gives the documented 0.9282578795792454
  // for the name "hello.".
  it.each([
    [0, "hidden", [0.9686544377058285, 0.12252725553641111, 0.7839903786065592]],
    [0, "output", [0.12466516309992676, 0.6568177549232416, 0.5983762469214527]],
    [1, "hidden", [0.6747195001137928, 0.45324998737131655, 0.7755253391862613]],
    [42, "dataset", [0.004757663617704427, 0.440726919997118, 0.4137291255362014]],
  ])("%i/%s is pinned", (seed, purpose, expected) => {
    expect(draw(namedStream(seed, purpose), 3)).toEqual(expected);
  });

  it("does not move when another is drawn from", () => {
    const alone = draw(namedStream(7, "hidden"), 5);
    const [hidden, output] = [namedStream(7, "hidden"), namedStream(7, "output")];
    const between = alone.map(() => {
      draw(output, 3);
      return hidden();
    });
    expect(between).toEqual(alone);
  });
});

it("draws a dataset's inputs from the generator that its spec names", () => {
  expect(draw(datasetStream("numpy", 42), 3)).toEqual(draw(numpyStream(42), 3));
  expect(draw(datasetStream("seedrandom", 42), 3)).toEqual(draw(namedStream(42, "dataset"), 3));
});
