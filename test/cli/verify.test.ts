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
    expect(stdout).toContain("[holds] Something converges.");
    expect(stdout).toMatch(/\[does not hold\] No neuron dies\.\n +\d+ of 120, of 60 starts: /);
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
    ["nothing to verify", { numbers: [], claims: [] }, "must have numbers or claims, has neither"],
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
    const { numbers, total, claims, cells, readings } = JSON.parse(stdout);
    expect(readings).toHaveLength(2);
    expect(cells).toBe(176);
    const counts = numbers.filter(
      ({ published }: { published: { kind: string } }) => published.kind === "count",
    );
    expect(counts).toHaveLength(168);
    expect(total.published).toBe(326);
    expect(claims).toHaveLength(16);
    // One trial per cell proves nothing.
    expect(numbers.every(({ verdict }: { verdict: string }) => verdict !== "differs")).toBe(true);
  });
});
