/** What the playground begins with is what `lrn figure` shows, and a network of every remedy. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { chooseTraining } from "#lrn/figures/choose-training.js";
import { openThesisTrials, thesisCell } from "#lrn/figures/thesis-trials.js";
import { startingPoints } from "#lrn/runs/starting-points.js";
import { FIGURES } from "#lrn/thesis/figures.js";
import { SHOWN_SEEDS } from "#lrn/thesis/shown-seeds.js";
import { temporaryFolder } from "../cli/lrn.js";

const PLOTS = FIGURES.flatMap((figure) => (figure.kind === "training-plot" ? [figure] : []));
/** Some that are looked for among few seeds: two of the others take a thousand trainings each. */
const QUICK = new Set(["4.4", "4.5", "4.7"]);

it("every plot of the thesis's has a seed, and no other figure", () => {
  expect(Object.keys(SHOWN_SEEDS).sort()).toEqual(PLOTS.map(({ id }) => id).sort());
});

it("the seeds are those that lrn figure chooses", async () => {
  const trials = await openThesisTrials(await temporaryFolder(), {});
  for (const { id, published, sought } of PLOTS) {
    if (!process.env.LRN_WHOLE && !QUICK.has(id)) continue;
    const { seed } = await chooseTraining(thesisCell(published), sought, trials);
    expect(seed, id).toBe(SHOWN_SEEDS[id]);
  }
  await trials.close();
});

it("every remedy that has a name in its sweep has a network of depth 10 and width 2", async () => {
  const points = (await startingPoints()).filter(({ group }) => group === "Remedies");
  const text = await readFile("configs/remedies.json", "utf8");
  const names = [...text.matchAll(/^ +\{ "name": "([^"]+)"/gm)].map(([, name]) => name);
  expect(points.map(({ name }) => name)).toEqual(
    names.filter((name) => name !== "one hidden layer"),
  );
  for (const { cell } of points) expect(cell).toMatchObject({ depth: 10, width: 2 });
});
