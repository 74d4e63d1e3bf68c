import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { run, temporaryFolder, unbroken } from "./lrn.js";

const GRID = {
  depth: [2, 3],
  width: [2],
  connection: ["plain", "late-residual"],
  optimizer: ["adam"],
  learningRate: [0.05],
  trainingStyle: ["batch"],
};
const CLAIMS = {
  name: "small",
  source: "A paper",
  sweep: "sweep.json",
  numbers: [
    {
      kind: "count",
      from: "Table 1",
      where: { depth: 2, connection: "plain" },
      measure: "converged",
      trials: 10,
      count: 10,
    },
  ],
  claims: [
    {
      id: "often",
      from: "section 1",
      says: "something converges",
      where: { connection: ["late-residual"] },
      by: ["depth"],
      test: { kind: "sometimes", measure: "converged" },
    },
    {
      id: "alive",
      from: "section 2",
      says: "no neuron dies",
      test: { kind: "never", measure: "dead-neurons" },
    },
  ],
  hypotheses: [
    {
      id: "born",
      from: "a guess",
      says: "most are born dead",
      test: { kind: "minority", measure: "dead-neurons-died", of: "dead-neurons" },
      note: "Read it so.",
    },
  ],
  plots: [
    {
      ...{ id: "rates", title: "How many converge", x: "depth", y: ["converged"] },
      colour: "connection",
    },
    { id: "dead", title: "How many are dead", x: "depth", y: ["dead-neurons"], share: true },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  const sweep = { name: "small", seeds: 1, epochs: 40, convergence: { rmse: 0.2 }, grid: GRID };
  await writeFile(join(folder, "sweep.json"), JSON.stringify(sweep));
});

async function verified(claims: object, ...flags: string[]) {
  const file = join(folder, "claims.json");
  await writeFile(file, JSON.stringify(claims));
  return run(["verify", file, "--out", join(folder, "results"), "--seeds", "30", ...flags]);
}

describe("verify", () => {
  it("trains what claims need and judges them; again, with nothing to train", async () => {
    const { code, stdout, stderr } = await verified(CLAIMS);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("A paper\n4 cells, 30 trials each; converged: RMSE at most 0.2.");
    expect(unbroken(stdout)).toContain("1 count: 0 agree, 1 differ.");
    expect(unbroken(stdout)).toMatch(/Table 1, .*converged 10 of 10, ours \d\.\d of 10: differs/);
    expect(stdout).toContain("[holds] Something converges: holds at 2 of 2.");
    expect(stdout).toMatch(/\[does not hold\] No neuron dies: \d+ of 120, of 60 starts: /);
    const again = await verified(CLAIMS);
    expect(again.stdout).toBe(stdout);
  });

  it("writes the account, as Markdown and as JSON", async () => {
    const report = join(folder, "account.md");
    const { stdout, stderr } = await verified(CLAIMS, "--json", "--report", report);
    const account = JSON.parse(stdout);
    expect(account).toMatchObject({ name: "small", seeds: 30, cells: 4, threshold: 0.2 });
    expect(account.claims.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "holds",
      "does not hold",
    ]);
    expect(stderr).toContain("account.md");
    const page = await readFile(report, "utf8");
    expect(page).toContain("### Holds: something converges");
    expect(page).toMatch(/\| depth 2 +\| holds +\| \d+ of 30/);
  });

  it("draws the report's pictures beside it, in a folder that it makes", async () => {
    const report = join(folder, "new", "account.md");
    const { code, stdout, stderr } = await verified(CLAIMS, "--report", report, "--json");
    expect(code, stderr).toBe(0);
    const { plots, bornDead, hypotheses } = JSON.parse(stdout);
    expect(plots.map(({ id }: { id: string }) => id)).toEqual(["rates", "dead"]);
    // Ten of ten are printed of the plain networks of depth 2, and of nothing else.
    expect(plots[0].rows).toMatchObject([
      { depth: 2, connection: "plain", printed: 1 },
      { depth: 2, connection: "late-residual", printed: null },
      { depth: 3, connection: "plain", printed: null },
      { depth: 3, connection: "late-residual", printed: null },
    ]);
    expect(hypotheses[0].claim.note).toBe("Read it so.");
    const page = await readFile(report, "utf8");
    for (const id of ["rates", "dead", "born-dead"]) {
      expect(page).toContain(`](account-pictures/${id}.png)`);
      const png = await readFile(join(folder, "new", "account-pictures", `${id}.png`));
      expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    }
    expect(page).toContain("What may explain it");
    expect(page).toMatch(/\| connection +\| +depth 2 \| +depth 3 \|/);
    expect(page).toMatch(/\| plain +\| +\d+\.\d % \(100\.0 %\) \| +\d+\.\d % \|/);
    // The networks that were drawn are those that the trials started with.
    const { stdout: born } = await run([
      ...["query", join(folder, "results"), "--json"],
      "SELECT depth, sum(dead_layers_born > 0) AS dead FROM trials WHERE connection = 'plain' GROUP BY depth",
    ]);
    const counted = bornDead.map((row: { axes: object; bornDead: number; networks: number }) => {
      expect(row.networks).toBe(30);
      return { ...row.axes, dead: row.bornDead };
    });
    expect(counted).toEqual(JSON.parse(born));
  });

  it("refuses standard output as a report, and a folder that cannot be", async () => {
    const out = await verified(CLAIMS, "--report", "-");
    expect(out.stderr).toContain('--report: must be the path of a file, got "-"');
    expect(out.code).toBe(2);
    const beneath = await verified(CLAIMS, "--report", join(folder, "claims.json", "account.md"));
    expect(beneath.stderr).toMatch(/^lrn: --report: .*claims.json/);
    expect(beneath.code).toBe(2);
  });

  it.each<[string, object, string]>([
    [
      "a cell of none",
      { numbers: [{ ...CLAIMS.numbers[0], where: { depth: 7 } }] },
      "Table 1: where: must be one cell of the sweep, none is depth 7",
    ],
    [
      "several cells",
      { numbers: [{ ...CLAIMS.numbers[0], where: { depth: 2 } }] },
      "must be one cell of the sweep, 2 are depth 2",
    ],
    [
      "a claim of no cell",
      { claims: [{ ...CLAIMS.claims[0], where: { depth: [7] } }] },
      "claim often: where: must be of cells of the sweep, none is",
    ],
    [
      "a value that no cell has",
      {
        claims: [
          {
            ...CLAIMS.claims[0],
            test: { kind: "more", measure: "converged", axis: "depth", base: 2, other: 9 },
          },
        ],
      },
      "claim often: test.other: no such cell has depth 9",
    ],
    [
      "an unknown measure",
      { claims: [{ ...CLAIMS.claims[0], test: { kind: "never", measure: "dead" } }] },
      "claims[0].test.measure: must be",
    ],
    [
      "an unknown kind",
      { claims: [{ ...CLAIMS.claims[0], test: { kind: "often" } }] },
      'must have a kind: "more", "fewer"',
    ],
    [
      "a count of what is no yes or no",
      { numbers: [{ ...CLAIMS.numbers[0], measure: "dead-neurons" }] },
      "numbers[0].measure: must be",
    ],
    [
      "more than all",
      { numbers: [{ ...CLAIMS.numbers[0], count: 12 }] },
      "numbers[0].count: must be at most its trials, got 12",
    ],
    [
      "a mean of what is no whole number",
      {
        numbers: [
          {
            ...CLAIMS.numbers[0],
            kind: "mean",
            measure: "final-rmse",
            count: undefined,
            mean: 1,
            decimals: 2,
          },
        ],
      },
      "numbers[0].measure: must be",
    ],
    [
      "a rise over words",
      {
        claims: [
          {
            ...CLAIMS.claims[0],
            test: { kind: "rises", measure: "collapsed", over: "connection" },
          },
        ],
      },
      "claims[0].test.over: must be",
    ],
    [
      "a claim without one side",
      {
        claims: [
          {
            ...CLAIMS.claims[0],
            test: { kind: "more", measure: "collapsed", axis: "depth", base: 2 },
          },
        ],
      },
      "claims[0].test.other: is missing; must be a value of the axis",
    ],
    [
      "a plot of no cell",
      { plots: [{ ...CLAIMS.plots[0], where: { depth: [7] } }] },
      "plot rates: where: must be of cells of the sweep, none is",
    ],
    [
      "shares of what is no count",
      { plots: [{ ...CLAIMS.plots[0], share: true }] },
      "plots[0].share: is for counts of neurons or layers alone",
    ],
    [
      "an axis in two places",
      { plots: [{ ...CLAIMS.plots[0], colour: "depth" }] },
      "plots[0].x: an axis can stand in one place only",
    ],
    [
      "two plots of a name",
      { plots: [CLAIMS.plots[0], CLAIMS.plots[0]] },
      'plots: two have the id "rates"',
    ],
    [
      "a part of what is no count",
      {
        hypotheses: [
          {
            ...CLAIMS.hypotheses[0],
            test: { kind: "majority", measure: "dead-neurons", of: "final-rmse" },
          },
        ],
      },
      "hypotheses[0].test.of: must be",
    ],
    [
      "nothing to verify",
      { numbers: [], claims: [], hypotheses: [] },
      "must have numbers or claims, has neither",
    ],
    ["an unknown field", { clams: [] }, 'did you mean "claims"'],
    ["no sweep file", { sweep: "other.json" }, "other.json: there is no such file"],
  ])("refuses %s", async (_, change, message) => {
    const { code, stderr } = await verified({ ...CLAIMS, ...change });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it("refuses a file that is not there, and two formats at once", async () => {
    const absent = await run(["verify", "nothing.json"]);
    expect(absent.stderr).toContain(
      'there is no such file; give the path of a claims file, or "thesis"',
    );
    expect(absent.code).toBe(2);
    const both = await verified(CLAIMS, "--json", "--markdown");
    expect(both.stderr).toContain("--json and --markdown: give one of them");
  });

  it("knows the thesis's 168 counts, its means, and what it says", async () => {
    const out = join(folder, "thesis");
    const { code, stdout, stderr } = await run([
      "verify",
      "thesis",
      "--seeds",
      "1",
      "--out",
      out,
      "--json",
    ]);
    expect(code, stderr).toBe(0);
    const { numbers, total, claims, cells, readings, hypotheses, bornDead } = JSON.parse(stdout);
    expect(readings).toHaveLength(2);
    expect(hypotheses).toHaveLength(2);
    expect(bornDead).toHaveLength(11);
    // 168 and 8 cells, and 22 of these for each of five smaller numbers of epochs, 14 of them at two rates.
    expect(cells).toBe(168 + 8 + 5 * (14 * 2 + 8));
    const counts = numbers.filter(
      ({ published }: { published: { kind: string } }) => published.kind === "count",
    );
    expect(counts).toHaveLength(168);
    expect(total.published).toBe(326);
    expect(claims).toHaveLength(17);
    // Nothing here is chance: a late-residual network of width 2 has two weights more for each layer but the last.
    const { groups, verdict } = claims.at(-1);
    expect(verdict).toBe("holds");
    expect(groups.map(({ parts }: { parts: [string, string][] }) => parts[0][1])).toEqual([
      ...["15 against 13", "39 against 31", "79 against 61", "119 against 91"],
      ...["159 against 121", "199 against 151", "239 against 181"],
      ...["37 against 33", "109 against 93", "229 against 193", "349 against 293"],
    ]);
    // One trial per cell proves nothing.
    expect(numbers.every(({ verdict }: { verdict: string }) => verdict !== "differs")).toBe(true);
  });
});
