import { readdir, readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { sameValue } from "#lrn/model/cells.js";
import { claimsJsonSchema, readClaims } from "#lrn/runs/claims-file.js";
import { readSweep } from "#lrn/sweep/read-sweep.js";
import { cellsOfGrids, planSweep } from "#lrn/sweep/plan.js";

const files = (await readdir("configs")).filter(
  (file) => file.endsWith(".json") && !file.endsWith(".schema.json"),
);

it.each(files)(
  "configs/%s is a sweep file that can be planned, and named after itself",
  async (file) => {
    const sweep = await readSweep(`configs/${file}`);
    expect(sweep.name).toBe(file.replace(/\.json$/, ""));
    expect(planSweep(sweep, "float32/1").trials).toBeGreaterThan(0);
  },
);

it("has claims files that their sweeps can answer, and that an editor takes", async () => {
  const validate = new Ajv2020({ strict: false }).compile(claimsJsonSchema());
  for (const file of await readdir("configs/claims")) {
    const path = `configs/claims/${file}`;
    const claims = await readClaims(path);
    expect(claims.name).toBe(file.replace(/\.json$/, ""));
    const cells = planSweep(await readSweep(claims.sweep), "float32/1").cells;
    for (const { where } of claims.numbers) {
      const own = cells.filter(({ cell }) =>
        Object.entries(where).every(([name, value]) => sameValue(value, cell[name as "depth"])),
      );
      expect(own).toHaveLength(1);
    }
    const content = (await readFile(path, "utf8")).replace(/^ *\/\/.*$/gm, "");
    expect(validate(JSON.parse(content)), JSON.stringify(validate.errors)).toBe(true);
  }
});

it("reports remedies with the learning rates that were tried, and with none of the seeds that chose them", async () => {
  const [remedies, tuning] = await Promise.all(
    ["remedies", "remedies-tuning"].map((name) => readSweep(`configs/${name}.json`)),
  );
  expect(remedies.dataset).toEqual(tuning.dataset);
  const tried = new Map(cellsOfGrids(tuning).map(({ name, cells }) => [name, cells]));
  for (const { name, cells } of cellsOfGrids(remedies)) {
    if (name === undefined) continue;
    const rates = new Set(tried.get(name)!.map(({ learningRate }) => learningRate));
    const [rate, ...others] = new Set(cells.map(({ learningRate }) => learningRate));
    expect(others).toEqual([]);
    expect(rate).toBeLessThan(Math.max(...rates));
    expect(rate).toBeGreaterThan(Math.min(...rates));
    expect(cells).toEqual(tried.get(name)!.filter(({ learningRate }) => learningRate === rate));
  }
  const seeds = tuning.seeds as number[];
  expect(Math.min(...seeds)).toBeGreaterThan(remedies.seeds as number);
});
