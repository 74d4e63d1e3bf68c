import { expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { type FigureOptions, makeFigure } from "#lrn/figures/make-figure.js";

it.each<[id: unknown, options: object, message: string]>([
  ["4.9", { workers: 0 }, "workers: must be a whole number from 1 to 256, got 0"],
  ["4.9", { workers: "2" }, 'workers: must be a whole number from 1 to 256, got "2"'],
  ["4.9", { seeds: 0 }, "seeds: must be a whole number from 1 to 100,000, got 0"],
  ["4.9", { seeds: -3 }, "seeds: must be a whole number from 1 to 100,000, got -3"],
  ["4.9", { seeds: "x" }, 'seeds: must be a whole number from 1 to 100,000, got "x"'],
  ["4.4", { seed: -1 }, "seed: must be a whole number from 0 to 4,294,967,295, got -1"],
  ["4.4", { seed: 1.5 }, "seed: must be a whole number from 0 to 4,294,967,295, got 1.5"],
  ["4.4", { seeds: 3 }, "seeds: means nothing to figure 4.4; give seed, or neither"],
  [4.9, {}, 'figure: must be text, as "4.9", got 4.9'],
])("refuses figure %j with %j", async (id, options, message) => {
  const made = makeFigure(id as string, options as FigureOptions);
  await expect(made).rejects.toThrow(new UserError(message));
});
