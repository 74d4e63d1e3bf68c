import { expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { BIT_STABLE, ENGINE_BACKENDS, ENGINE_NAMES } from "#lrn/engines/names.js";
import { UserError } from "#lrn/errors.js";

it.each([
  ["nope", ', got "nope"'],
  ["toString", ', got "toString"'],
  ["fusd", ', got "fusd"; did you mean "fused"?'],
  [undefined, ", got undefined"],
])("refuses %j, which is no engine", async (name, end) => {
  await expect(loadEngine(name as never)).rejects.toThrow(
    new UserError(`engine: must be "fused" or "reference" or "tfjs"${end}`),
  );
});

it.each(ENGINE_NAMES.filter((name) => ENGINE_BACKENDS[name].length === 0))(
  "refuses a backend of %s, which has none",
  async (name) => {
    await expect(loadEngine(name, "wasm")).rejects.toThrow(
      new UserError(
        `backend: only engine tfjs has backends, got "wasm" for engine ${name}; ` +
          "leave it out, or take engine tfjs",
      ),
    );
  },
);

it.each(ENGINE_NAMES)("%s is known to be bit-stable where it says so", async (name) => {
  const engine = await loadEngine(name, ENGINE_BACKENDS[name].at(-1));
  expect(engine.bitStable).toBe(BIT_STABLE[name]);
});
