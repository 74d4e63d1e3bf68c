import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FIGURES, thesisName } from "#lrn/thesis/figures.js";
import { publishedResults } from "#lrn/thesis/published-results.js";

const ids = FIGURES.map(({ id }) => id);

describe("the registry of figures", () => {
  it("has every table and figure of the published results once, and Table 3.1", () => {
    const { convergenceTables, deadLayersTable, deadNeuronDecline, trainingPlots, drawings } =
      publishedResults;
    const published = [
      ...[...convergenceTables, ...trainingPlots, ...drawings].map(({ figure }) => figure),
      deadLayersTable.figure,
      deadNeuronDecline.figure,
      deadNeuronDecline.plottedIn,
      "table-3.1",
    ];
    expect(ids.toSorted()).toEqual(published.toSorted());
    expect(ids).toHaveLength(30);
  });

  it("is in the thesis's order", () => {
    expect(ids.slice(0, 8)).toEqual(["1.1", "2.1", "2.2", "2.3", "table-3.1", "3.1", "3.2", "4.1"]);
    expect(ids.slice(-3)).toEqual(["4.21", "4.22", "4.23"]);
  });
});

describe("the gallery", () => {
  const gallery = readFileSync("docs/figures.md", "utf8");

  it.each(FIGURES)("shows $id with its caption and command", (figure) => {
    const section = gallery
      .split("\n## ")
      .find((part) => part.startsWith(`${thesisName(figure)}\n`));
    expect(section).toContain(`\n${figure.shows}.\n`);
    expect(section).toContain(`\`lrn figure ${figure.id}\``);
    expect(section).toContain(`(figures/${figure.id}.png)`);
  });
});
