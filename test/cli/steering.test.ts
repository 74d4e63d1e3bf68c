/** Text of files, stores and paths steers neither a terminal nor GitHub's runner, which reads logs for commands. */
import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Finished, LRN, ROOT, run, temporaryFolder } from "./lrn.js";

/** Clears a screen, turns the direction of writing, and gives commands of both forms, on lines of their own. */
const HOSTILE =
  "x\u001b[2J\u001b]0;t\u0007\u009b31m\u202e\u2028\r\n::error::a\n  ::add-mask::b\n##[error]c\r::stop-commands::d";

const SMALL = [
  ...[join(ROOT, "configs/thesis.json"), "--workers", "1", "--set", "epochs=5"],
  ...["--set", "grid.depth=[2]", "--set", "grid.width=[2]", "--seeds", "1"],
];

let folder: string;
let results: string;
let baseline: string;
beforeAll(async () => {
  // A path may have all signs but the slash.
  folder = join(await temporaryFolder(), HOSTILE);
  await mkdir(folder);
  results = join(folder, "results");
  baseline = join(folder, "baseline.json");
});

interface WorkflowCommand {
  readonly name: string;
  readonly properties: Record<string, string>;
  readonly data: string;
}

/**
 * What GitHub's runner finds in a log, by its own rules (actions/runner, ActionCommand.cs): `::name
 * key=value,…::data` where a line begins so, after white space; `##[name key=value;…]data` anywhere.
 */
function workflowCommands(log: string): WorkflowCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const found =
      /^\s*::(?<name>[^ :]+)(?: (?<given>.*?))?::(?<data>.*)$/su.exec(line) ??
      /##\[(?<name>[^ \]]+)(?: (?<given>[^\]]*))?\](?<data>.*)$/su.exec(line);
    if (!found?.groups) return [];
    const { name, given = "", data } = found.groups;
    const pairs = given.split(",").map((pair) => pair.split("=", 2));
    const unescapeData = (text: string) =>
      text.replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%25/g, "%");
    const unescapeProperty = (text: string) =>
      unescapeData(text.replace(/%3A/g, ":").replace(/%2C/g, ","));
    const properties = Object.fromEntries(
      pairs.map(([key, value]) => [key, unescapeProperty(value ?? "")]),
    );
    return [{ name, properties, data: unescapeData(data) }];
  });
}

it("the rules by which these tests look for commands find them", () => {
  const names = (log: string) => workflowCommands(log).map(({ name }) => name);
  expect(names(HOSTILE)).toEqual(["error", "add-mask", "error", "stop-commands"]);
  expect(names("a ::error::b\nc ##[ group")).toEqual([]);
  expect(workflowCommands("::error file=a%2Cb,title=c%3A%25::d%0Ae")).toEqual([
    { name: "error", properties: { file: "a,b", title: "c:%" }, data: "d\ne" },
  ]);
});

/** But for line breaks; those of lrn's own are line feeds alone. */
const CONTROL = /(?!\n)\p{Cc}|\p{Zl}|\p{Zp}|\p{Bidi_Control}/u;

function expectHarmless({ stdout, stderr }: Finished): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(CONTROL);
    expect(workflowCommands(text)).toEqual([]);
  }
}

describe("a check against a baseline whose texts and path are hostile", () => {
  const check = (...flags: string[]) => run(["check", ...SMALL, "--baseline", baseline, ...flags]);

  beforeAll(async () => {
    const update = await check("--update");
    expect(update.code, update.stderr).toBe(0);
    expectHarmless(update);
    const content = JSON.parse(await readFile(baseline, "utf8"));
    content.provenance.lrn = HOSTILE;
    content.provenance.commit = HOSTILE;
    content.provenance.engine = HOSTILE;
    content.cells[0].deadNeurons += 1;
    content.cells[1].trials += 1;
    await writeFile(baseline, JSON.stringify(content));
  });

  it.each([["console"], ["json"], ["junit"]])(
    "--reporter %s has no command in it",
    async (name) => {
      const finished = await check("--reporter", name);
      expect(finished.code).toBe(1);
      expect(finished.stdout).toContain("error::a"); // it is shown, and not left out
      expectHarmless(finished);
    },
  );

  it("--reporter github has its own annotations and no other command, on the page neither", async () => {
    const sweep = join(folder, "sweep.json");
    await cp(SMALL[0], sweep);
    const summary = join(folder, "summary.md");
    vi.stubEnv("GITHUB_STEP_SUMMARY", summary);
    const flags = [...SMALL.slice(1), "--baseline", baseline, "--reporter", "github"];
    const { code, stdout, stderr } = await run(["check", sweep, ...flags]);
    vi.unstubAllEnvs();
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).not.toMatch(CONTROL);
    const commands = workflowCommands(stdout);
    expect(commands.map(({ name, data }) => [name, data.slice(0, 6)])).toEqual([
      ["error", "moved:"],
      ["error", "moved:"],
    ]);
    // The file's name, with its line feeds, and what would steer a terminal written out.
    expect(commands[0].properties.file).toContain("\n  ::add-mask::b\n");
    expect(await readFile(summary, "utf8")).not.toMatch(CONTROL);
  });

  it("says where it cannot be read without giving a command", async () => {
    await mkdir(join(folder, "is-a-folder"));
    for (const name of ["nope.json", "is-a-folder"]) {
      const flags = ["--reporter", "github", "--baseline", join(folder, name)];
      const finished = await run(["check", ...SMALL, ...flags]);
      expect(finished.code).toBe(2);
      expectHarmless(finished);
    }
  });
});

describe("a results folder with a hostile path and store", () => {
  beforeAll(async () => {
    const finished = await run(["sweep", ...SMALL, "--out", results]);
    expect(finished.code, finished.stderr).toBe(0);
    expectHarmless({ ...finished, stdout: "" });
    const db = new DatabaseSync(join(results, "trials.db"));
    db.prepare("UPDATE cell SET connection = ? WHERE id = 1").run(HOSTILE);
    db.prepare("UPDATE cell SET key = ? WHERE id = 2").run(HOSTILE);
    db.prepare("UPDATE trial SET key = ?, engine = ? WHERE cell = 3").run(HOSTILE, HOSTILE);
    db.prepare(
      "UPDATE trial SET state = 'failed', reason = ?, final_rmse = NULL, dead_neurons = NULL, " +
        "dead_layers = NULL WHERE cell = 4",
    ).run(HOSTILE);
    db.close();
  });

  const commands: [string, () => string[], number][] = [
    ["check --results", () => ["check", "--results", results], 1],
    ["check --reporter json", () => ["check", "--results", results, "--reporter", "json"], 1],
    ["plan", () => ["plan", ...SMALL, "--out", results], 0],
    ["plan --json", () => ["plan", ...SMALL, "--out", results, "--json"], 0],
    ["sweep", () => ["sweep", ...SMALL, "--out", results, "--quiet"], 1],
    ["query", () => ["query", results, "SELECT * FROM trials"], 0],
    ["query's mistakes", () => ["query", results, `SELECT nope FROM "${HOSTILE}"`], 2],
    ["export --out", () => ["export", results, "--out", join(folder, "trials.csv")], 0],
    ["export --what", () => ["export", results, "--format", "latex"], 0],
    ["figure --json", () => ["figure", "1.1", "--out", folder, "--json"], 0],
    ["a folder that is not there", () => ["export", join(folder, "nope")], 2],
    ["an unknown flag", () => ["sweep", `--${HOSTILE}`], 2],
    ["a --set", () => ["plan", SMALL[0], "--set", HOSTILE], 2],
  ];

  it.each(commands)("%s shows it harmlessly in a log", async (_name, args, code) => {
    const finished = await run(args());
    expect(finished.code, finished.stderr).toBe(code);
    expectHarmless(finished);
  });

  const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

  it.skipIf(!hasScript).each<[string, () => string[]]>([
    ["query --csv", () => ["query", results, "SELECT * FROM trials", "--csv"]],
    ["query --json", () => ["query", results, "SELECT * FROM trials", "--json"]],
    ["export", () => ["export", results]],
    ["export as JSON", () => ["export", results, "--format", "json"]],
    ["export as LaTeX", () => ["export", results, "--format", "latex", "--what", "trials"]],
  ])("%s shows it harmlessly on a terminal (needs util-linux's script)", (_name, args) => {
    const words = [process.execPath, LRN, ...args()].map(
      (word) => `'${word.replaceAll("'", "'\\''")}'`,
    );
    const options = { cwd: ROOT, encoding: "utf8" } as const;
    const { stdout } = spawnSync("script", ["-qec", words.join(" "), "/dev/null"], options);
    expect(stdout).toContain("error::a");
    // The terminal itself makes `\r\n` of each line feed.
    expect(stdout.replaceAll("\r\n", "\n")).not.toMatch(CONTROL);
  });
});
