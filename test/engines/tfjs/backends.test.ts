import util from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { BACKENDS } from "#lrn/engines/names.js";
import { chooseBackend, explain, inspectBackend } from "#lrn/engines/tfjs/backends.js";
import { makeTfjsEngine } from "#lrn/engines/tfjs/engine.js";
import { tf } from "#lrn/engines/tfjs/tensorflow-js.js";
import { UserError } from "#lrn/errors.js";
import { BACKEND_REPORTS } from "./trials.js";

const [native] = BACKEND_REPORTS;

it("finds wasm and cpu after a plain install", () => {
  expect(BACKEND_REPORTS.map(({ backend }) => backend)).toEqual([...BACKENDS]);
  expect(BACKEND_REPORTS.slice(1).map(({ usable }) => usable)).toEqual([true, true]);
});

it("takes the best usable one by default", async () => {
  const { backend } = await chooseBackend();
  expect(backend).toBe(native.usable ? "tensorflow" : "wasm");
});

it("refuses a name that is no backend", async () => {
  await expect(makeTfjsEngine("webgl")).rejects.toThrow(
    new UserError('backend: must be "tensorflow" or "wasm" or "cpu", got "webgl"'),
  );
});

it("names engine, backend and versions in the numerics", async () => {
  expect((await makeTfjsEngine("wasm")).numerics).toBe(`tfjs/1/${tf.version_core}/wasm`);
});

describe.skipIf(native.usable)("without the native kernels", () => {
  it("says why, and the remedy", async () => {
    await expect(chooseBackend("tensorflow")).rejects.toThrow(
      /^backend tensorflow cannot be used: .*tfjs-node.*; run npm run setup:tfjs-node/,
    );
  });
});

describe.skipIf(!native.usable)(`with the native kernels: ${native.title}`, () => {
  it("puts TensorFlow's version into the numerics", async () => {
    const { numerics } = await makeTfjsEngine("tensorflow");
    expect(numerics).toMatch(/^tfjs\/1\/4\.22\.0\/tensorflow-(cpu|gpu)\/2\.\d+\.\d+$/);
  });

  it("has put util.isNullOrUndefined back, where Node removed it", () => {
    const { isNullOrUndefined } = util as { isNullOrUndefined?: (value: unknown) => boolean };
    expect([null, undefined, 0].map((value) => isNullOrUndefined!(value))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("a backend with a wrong operation", () => {
  const right = tf.getKernel("Relu", "cpu");

  afterEach(() => {
    tf.unregisterKernel("Relu", "cpu");
    tf.registerKernel(right);
  });

  it("is refused, by the operation's name", async () => {
    tf.unregisterKernel("Relu", "cpu");
    tf.registerKernel({ ...right, kernelFunc: tf.getKernel("Neg", "cpu").kernelFunc });
    const report = await inspectBackend("cpu");
    expect(report).toMatchObject({
      usable: false,
      reason: "its operation relu gives a wrong result",
    });
    await expect(chooseBackend("cpu")).rejects.toThrow(explain(report as never));
  });

  it("is refused where it lacks the operation", async () => {
    tf.unregisterKernel("Relu", "cpu");
    tf.registerKernel({
      ...right,
      kernelFunc: () => {
        throw new Error("not implemented");
      },
    });
    expect(await inspectBackend("cpu")).toMatchObject({ usable: false });
  });
});
