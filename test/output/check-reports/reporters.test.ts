import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { compareWithBaseline } from "#lrn/analysis/compare-baseline.js";
import type { CheckReport } from "#lrn/output/check-reports/check-report.js";
import { errorCommand, githubSummary } from "#lrn/output/check-reports/github-report.js";
import { escapeXml, junitReport } from "#lrn/output/check-reports/junit-report.js";
import { REPORTERS } from "#lrn/output/check-reports/reporters.js";
import { baselineOf, cellOf, measuredOf, PROVENANCE } from "../../analysis/baselines.js";

const SAME = cellOf({ depth: 2 });

function reportOf(
  before: ReturnType<typeof cellOf>[],
  now: ReturnType<typeof cellOf>[],
  tolerance: "exact" | "statistical" = "exact",
  measured: object = {},
): CheckReport {
  const comparison = compareWithBaseline(
    baselineOf(...before),
    { ...measuredOf(...now), ...measured },
    tolerance,
  );
  return {
    name: "small",
    file: "configs/small.json",
    engine: { name: "fused", numerics: "float32/1" },
    seeds: [
      [10, 18],
      [25, 25],
    ],
    baseline: { file: "configs/baselines/small.json", provenance: PROVENANCE },
    comparison,
  };
}

const PASSED = reportOf([SAME], [SAME]);
const MOVED = reportOf(
  [SAME, cellOf(), cellOf({ depth: 15 })],
  [SAME, cellOf({ converged: 5, deadNeurons: 8 }), cellOf({ depth: 20, converged: 0 })],
);

describe("console", () => {
  it("passes in a line", () => {
    const [verdict] = REPORTERS.console(PASSED).split("\n");
    expect(verdict).toBe("small: 1 of 1 cell is as in configs/baselines/small.json");
    expect(REPORTERS.console(PASSED)).not.toContain("│");
  });

  it.each([60, 80, 120])(
    "shows what moved, by how much, and no other cell, at %i columns",
    (columns) => {
      const text = REPORTERS.console(MOVED, undefined, columns);
      expect(text).toMatchSnapshot();
      expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    },
  );

  it("names the test, its level and what is not compared", () => {
    const text = REPORTERS.console(
      reportOf([SAME, cellOf({ converged: 0 })], [SAME, cellOf({ converged: 10 })], "statistical"),
    );
    const line = text.replace(/\s+/g, " ");
    expect(line).toContain("Trained with seeds 10 to 18, 25, which the baseline does not have");
    expect(line).toContain("Holm to a total false-alarm level of 0.05; not compared: dead neurons");
    expect(text).toMatch(/converged 0 → 10 \(\+10\), p\s+0\.000022/);
    expect(text).not.toContain("Dead neurons");
  });

  it("names conditions that are not the baseline's", () => {
    const now = { ...SAME, epochs: 200 };
    const text = REPORTERS.console(reportOf([SAME], [now], "exact", { seeds: [7] }));
    expect(text).toContain("small: the conditions are not those of configs/baselines/small.json");
    expect(text).toContain("Other epochs: 3000 in the baseline, 200 now");
    expect(text).toContain("Other seeds: 10 in the baseline, [7] now");
  });
});

it("json has every cell with both counts", () => {
  const { passed, comparison } = JSON.parse(REPORTERS.json(MOVED));
  expect(passed).toBe(false);
  expect(comparison.cells.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
    "same",
    "moved",
    "vanished",
    "appeared",
  ]);
  expect(comparison.cells[1]).toMatchObject({
    axes: { depth: 10, connection: "plain" },
    baseline: { converged: 3, deadNeurons: 12 },
    now: { converged: 5, deadNeurons: 8 },
  });
});

describe("junit", () => {
  /** Element names with their attributes, in order; throws where the text is no XML. */
  function elements(xml: string) {
    const found: { name: string; attributes: Record<string, string> }[] = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name, attributes }) => {
      found.push({ name, attributes: attributes as Record<string, string> });
    });
    parser.write(xml).close();
    return found;
  }
  const named = (xml: string, name: string) =>
    elements(xml)
      .filter((element) => element.name === name)
      .map(({ attributes }) => attributes);

  it("is a test case per cell, and counts failures", () => {
    const xml = junitReport(MOVED);
    expect(named(xml, "testcase").map(({ name }) => name)).toEqual([
      "depth 2, width 2, plain, adam, learning rate 0.01, batch",
      "depth 10, width 2, plain, adam, learning rate 0.01, batch",
      "depth 15, width 2, plain, adam, learning rate 0.01, batch",
      "depth 20, width 2, plain, adam, learning rate 0.01, batch",
    ]);
    expect(named(xml, "testsuite")).toMatchObject([{ tests: "4", failures: "3", errors: "0" }]);
    expect(named(xml, "failure")[0].message).toBe(
      "moved: trials 10, converged 3 → 5 (+2), dead neurons 12 → 8 (−4), dead layers 2",
    );
    expect(named(junitReport(PASSED), "failure")).toEqual([]);
  });

  it("has a case for changed conditions, quotes and all", () => {
    const xml = junitReport(reportOf([SAME], [SAME], "exact", { numerics: '<&">]]>\u0000\u001b' }));
    expect(named(xml, "testcase").map(({ name }) => name)[0]).toBe("conditions");
    expect(named(xml, "failure")[0].message).toContain(
      `"float32/1" in the baseline, ${JSON.stringify('<&">]]>\u0000\u001b')} now`,
    );
  });

  it("leaves out what XML cannot write", () => {
    const text = 'a\u0000b\u001b<&>"\ud800\ufffe😀\n';
    expect(escapeXml(text)).toBe("ab&lt;&amp;&gt;&quot;😀\n");
  });
});

describe("github", () => {
  const annotations = (report: CheckReport) =>
    REPORTERS.github(report)
      .split("\n")
      .filter((line) => line.startsWith("::"));

  it("annotates each cell that moved", () => {
    expect(annotations(PASSED)).toEqual([]);
    expect(annotations(MOVED)).toHaveLength(3);
    expect(annotations(MOVED)[0]).toBe(
      "::error file=configs/small.json,title=depth 10%2C width 2%2C plain%2C adam%2C learning rate 0.01%2C batch" +
        "::moved: trials 10, converged 3 → 5 (+2), dead neurons 12 → 8 (−4), dead layers 2",
    );
  });

  it("keeps to the ten annotations that GitHub shows, the last for the rest", () => {
    const cells = Array.from({ length: 30 }, (_, i) => cellOf({ depth: i + 1 }));
    const report = reportOf(
      cells,
      cells.map((cell) => ({ ...cell, converged: 9 })),
    );
    expect(annotations(report)).toHaveLength(10);
    expect(annotations(report)[9]).toContain("::21 further differences");
  });

  it("escapes commands as GitHub's runner unescapes them", () => {
    const command = errorCommand("a:b,c%.json", "50%, x:y\n", "one\r\ntwo: 100%, ::warning::");
    expect(command.split("\n")).toHaveLength(1);
    const [, properties, data] = /^::error (.*?)::(.*)$/.exec(command)!;
    const unescapeData = (text: string) =>
      text.replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%25/g, "%");
    const unescapeProperty = (text: string) =>
      unescapeData(text.replace(/%3A/g, ":").replace(/%2C/g, ","));
    const [file, title] = properties.split(",").map((pair) => pair.split("=")[1]);
    expect(unescapeProperty(file)).toBe("a:b,c%.json");
    expect(unescapeProperty(title)).toBe("50%, x:y\n");
    expect(unescapeData(data)).toBe("one\r\ntwo: 100%, ::warning::");
  });

  it("has a Markdown table as summary", () => {
    const lines = githubSummary(MOVED).split("\n");
    expect(lines[0]).toBe("### ❌ small: 3 of 4 cells are not as in configs/baselines/small.json");
    const rows = lines.filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(5);
    const columns = rows.map((row) => row.split("|").length);
    expect(new Set(columns).size).toBe(1);
    expect(githubSummary(PASSED)).toMatch(/^### ✅ small: 1 of 1 cell is/);
  });

  it("cuts a summary that GitHub would refuse", () => {
    const cells = Array.from({ length: 10_000 }, (_, i) => cellOf({ depth: i + 1 }));
    const text = githubSummary(
      reportOf(
        cells,
        cells.map((cell) => ({ ...cell, deadNeurons: 100_000_000, deadLayers: 100_000_000 })),
      ),
    );
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toContain("And 8000 further cells.");
  });
});
