import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { cellOf } from "#lrn/model/cells.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { lrn, ROOT, run, temporaryFolder, unbroken } from "./lrn.js";

it("--help names every command", async () => {
  const { code, stdout, stderr } = await run(["--help"]);
  const files = await readdir(join(ROOT, "src/cli/commands"));
  const names = files.map((file) => file.replace(".ts", ""));
  const named = [...stdout.matchAll(/^ {2}lrn (\w+)/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(names.toSorted());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const name of names) {
    const help = await run([name, "--help"]);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(new RegExp(`^lrn ${name}`));
  }
});

it("--version is the package's", async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

it("schema prints the file beside the sweep files", async () => {
  const { stdout } = await run(["schema"]);
  expect(stdout).toBe(await readFile(join(ROOT, "configs/sweep.schema.json"), "utf8"));
  const claims = await run(["schema", "claims"]);
  expect(claims.stdout).toBe(await readFile(join(ROOT, "configs/claims.schema.json"), "utf8"));
});

describe("plan", () => {
  it("counts without training or writing", async () => {
    const out = join(await temporaryFolder(), "results");
    const { code, stdout } = await run(["plan", "configs/thesis.json", "--out", out, "--json"]);
    expect(code).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({ cells: 336, trials: 3360, done: 0, left: 3360, engine: "fused" });
    expect(plan.estimateSeconds).toBeGreaterThan(0);
    await expect(readFile(join(out, "trials.db"))).rejects.toThrow("ENOENT");
  });

  it("knows what a folder has", async () => {
    const out = await temporaryFolder();
    const flags = ["configs/thesis.json", "--set", "epochs=10", "--out", out];
    await run(["sweep", ...flags, "--seeds", "2"]);
    const { stdout } = await run(["plan", ...flags, "--seeds", "3", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ trials: 1008, done: 672, left: 336 });
    const nothing = await run(["plan", ...flags, "--seeds", "2"]);
    expect(nothing.stdout).toMatch(/^estimate +nothing to train$/m);
  });
});

describe("trial", () => {
  const FLAGS = ["--depth", "5", "--optimizer", "sgd", "--seed", "3", "--epochs", "50"];

  it("shows loss, predictions and the network", async () => {
    const { code, stdout } = await run(["trial", ...FLAGS]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/final RMSE 0\.\d+; \d+ dead neurons?, \d+ dead layers?\./);
    expect(stdout).toMatch(/First hidden layer alone, with the output refitted: RMSE 0\.\d+\./);
    expect(stdout).toMatch(
      /^\d+ parameters; trained by [\d.]+ million floating-point operations$/m,
    );
    expect(stdout).toContain("RMSE per epoch");
    expect(stdout).toMatch(/│ +19 │ -0\.4175 │ 0\.4175 │/);
    expect(stdout).toMatch(/layer +1 +2 +3 +4 +5\n/);
    expect(stdout).not.toContain("\u001b");
  });

  it("gives everything as JSON, the same from both engines", async () => {
    const { stdout } = await run(["trial", ...FLAGS, "--json"]);
    const fused = JSON.parse(stdout);
    const reference = await run(["trial", ...FLAGS, "--json", "--engine", "reference"]);
    const { engine, ...numbers } = fused;
    expect(engine.name).toBe("fused");
    expect(JSON.parse(reference.stdout)).toMatchObject(numbers);

    const trial = {
      ...cellOf({
        dataset: THESIS_DATASET,
        depth: 5,
        width: 2,
        connection: "late-residual",
        optimizer: "sgd",
        learningRate: 0.01,
        trainingStyle: "batch",
        epochs: 50,
      }),
      seed: 3,
    };
    const [training] = await (await loadEngine("reference")).train({ trials: [trial] });
    expect(fused.trial).toEqual(trial);
    expect(fused.parameters.initial).toEqual([...training.initial]);
    expect(fused.parameters.final).toEqual([...training.parameters]);
    expect(fused.lossPerEpoch).toHaveLength(50);
    expect(fused.samples.predictions).toHaveLength(20);
    expect(fused.deadNeurons).toHaveLength(5);
  });

  it("writes null where a number overflowed", async () => {
    const { code, stdout } = await run(["trial", "--learning-rate", "900", "--json", ...FLAGS]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: { state: "diverged" }, converged: false });
    expect(stdout).not.toMatch(/NaN|Infinity/);
  });
});

it("says nothing with --quiet but errors and what programs read", async () => {
  const out = await temporaryFolder();
  const small = ["configs/thesis.json", "--set", "epochs=1", "--seeds", "1"];
  await run(["sweep", ...small, "--out", out]);
  for (const args of [
    ["sweep", ...small, "--out", out, "--tables"],
    ["plan", ...small, "--out", out],
    ["trial", "--epochs", "1"],
    ["check", "--results", out, "--sample", "3"],
    ["query", out, "SELECT 1"],
    ["figure", "list"],
    ["figure", "table-3.1", "--out", join(out, "figures")],
    ["doctor"],
  ]) {
    expect(await run([...args, "--quiet"]), args.join(" ")).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  }
  for (const args of [
    ["plan", ...small, "--json"],
    ["trial", "--epochs", "1", "--json"],
    ["query", out, "SELECT 1", "--csv"],
    ["export", out],
    ["schema"],
    ["completion"],
  ]) {
    expect((await run([...args, "--quiet"])).stdout, args.join(" ")).not.toBe("");
  }
});

it("help shows numbers as numbers, and fits 80 columns", async () => {
  const { stdout } = await run(["trial", "--help"]);
  for (const [flag, value] of [
    ["depth", "10"],
    ["learning-rate", "0.01"],
    ["seed", "0"],
    ["rmse", "0.07"],
  ]) {
    const [, about] = new RegExp(`--${flag} ([^]*?)\\n {2}--`).exec(stdout)!;
    expect(unbroken(about)).toMatch(new RegExp(`\\[number\\] \\[default: ${value}\\]`));
  }
  expect((await run(["sweep", "--help"])).stdout).toMatch(/--workers .*\[number\]/);
  expect(stdout).not.toMatch(/^.{81}/m);
});

it("counts one of a thing as one", async () => {
  const flags = ["configs/smoke.json", "--seeds", "1", "--workers", "1"];
  const { stdout } = await run(["plan", ...flags, "--out", join(await temporaryFolder(), "new")]);
  expect(stdout).toMatch(/^trials +32 \(1 seed per cell\)$/m);
  expect(stdout).toMatch(/^estimate +under a second on 1 worker \(fused\)$/m);
});

it("refuses a trial that is too large with a message", async () => {
  const { code, stderr } = await run([
    "trial",
    "--depth",
    "1000",
    "--width",
    "256",
    "--epochs",
    "1",
  ]);
  expect(unbroken(stderr)).toMatch(
    /^lrn: depth 1000, width 256, .*about 5.1 GiB.*; take a smaller/,
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(2);
});

it("ends quietly when its reader has seen enough", async () => {
  const gone = lrn(["schema"]);
  gone.child.stdout.destroy();
  expect(await gone).toMatchObject({ code: 0, stderr: "" });
  const wrong = lrn(["sweep", "nope.json"]);
  wrong.child.stderr.destroy();
  expect(await wrong).toMatchObject({ code: 2 });
});
