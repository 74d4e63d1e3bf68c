import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { parseOverride } from "#lrn/sweep/overrides.js";
import { readSweep } from "#lrn/sweep/read-sweep.js";
import { SMALL_GRID } from "./sweeps.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lrn-read-sweep-"));
});

async function fileWith(content: string | Uint8Array): Promise<string> {
  const file = join(folder, "sweep.json");
  await writeFile(file, content);
  return file;
}

const SWEEP = JSON.stringify({ name: "small", grid: SMALL_GRID, seeds: 2 });

describe("a file that is not JSON", () => {
  it.each([
    ['{\n  "name": "x",\n  "seeds": 3,,\n}', "line 3, column 14"],
    ['{ "name": NaN }', "line 1, column 11"],
    ['{ "seeds": 1', "line 1, column 13"],
    ["", "line 1, column 1"],
    ['// "[" (\n{ /* [[ */ "seeds": 1,, }', "line 2, column 23"],
    ['{ "seeds": 1 } /* no end', "line 1, column 16"],
    ['{ "grid": [,] }', "line 1, column 12"],
  ])("%j says where: %s", async (content, place) => {
    await expect(readSweep(await fileWith(content))).rejects.toThrow(`${place}: must be JSON, got`);
  });
});

it("takes comments, and commas before closing brackets", async () => {
  const commented = `// what this sweep is for
    {
      "name": "small", /* "name": "other", */
      "grid": ${JSON.stringify(SMALL_GRID).replace("}", ", }").replace("]", ", // ]\n ]")},
      "seeds": 2, // "{" and 'more
    }`;
  expect(await readSweep(await fileWith(commented))).toEqual(
    await readSweep(await fileWith(SWEEP)),
  );
  await expect(readSweep(await fileWith(`${commented}]`))).rejects.toThrow("line 7, column 6");
});

it("takes a file that begins with a byte order mark", async () => {
  expect((await readSweep(await fileWith(`\uFEFF${SWEEP}`))).name).toBe("small");
});

it("answers any content and any override with a sweep or a UserError", async () => {
  const content = fc.oneof(
    fc.string(),
    fc.json(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    // Near misses: a good sweep with a part of it cut out or put in.
    fc
      .tuple(fc.nat(SWEEP.length), fc.nat(5), fc.string({ maxLength: 3 }))
      .map(([at, length, text]) => SWEEP.slice(0, at) + text + SWEEP.slice(at + length)),
  );
  const path = fc.constantFrom(
    "grid.depth",
    "grid[0].width",
    "grid.0.dataset.samples",
    "seeds",
    "seeds.atMost",
    "epochs",
    "dataset.seed",
    "x.y",
  );
  const override = fc.oneof(
    fc.string(),
    fc.tuple(path, fc.oneof(fc.json(), fc.string())).map(([field, value]) => `${field}=${value}`),
  );
  await fc.assert(
    fc.asyncProperty(content, fc.array(override, { maxLength: 2 }), async (bytes, sets) => {
      try {
        await readSweep(await fileWith(bytes), sets.map(parseOverride));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect((error as Error).message).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
