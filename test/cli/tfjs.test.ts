import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectBackends } from "#lrn/engines/tfjs/backends.js";
import { run, temporaryFolder } from "./lrn.js";

const TINY = [
  "configs/smoke.json",
  "--set",
  "grid.depth=[2]",
  "--set",
  "epochs=20",
  "--seeds",
  "2",
];
const rows = async (folder: string) =>
  (await readFile(join(folder, "trials.csv"), "utf8")).trimEnd().split("\n").slice(1);

describe.each(await inspectBackends())("sweep --engine tfjs --backend $backend", (report) => {
  const { backend, usable } = report;
  const skipped = usable ? "" : ` (skipped: ${report.reason})`;

  it.skipIf(!usable)(`trains what fused trains, under keys of its own${skipped}`, async () => {
    const [ours, fused] = [await temporaryFolder(), await temporaryFolder()];
    const flags = ["--engine", "tfjs", "--backend", backend, "--out", ours];
    const finished = await run(["sweep", ...TINY, ...flags]);
    expect(finished.code, finished.stderr).toBe(0);
    await run(["sweep", ...TINY, "--out", fused]);
    const [mine, theirs] = [await rows(ours), await rows(fused)].map((lines) =>
      lines.map((line) => line.split(",")),
    );
    expect(mine).toHaveLength(32);
    mine.forEach((row, i) => {
      expect(row[0]).not.toBe(theirs[i][0]);
      expect(row.slice(1, 9)).toEqual(theirs[i].slice(1, 9));
      expect(row.slice(9, 11)).toEqual(["tfjs", "trained"]);
      expect(Number(row[11])).toBeCloseTo(Number(theirs[i][11]), 4);
    });

    const { engine } = JSON.parse(await readFile(join(ours, "manifest.json"), "utf8"));
    expect(engine.backend.name).toBe(backend);
    expect(engine.backend.versions.tfjs).toBe("4.22.0");
    if (report.usable) expect(engine.numerics).toContain(report.numerics);

    const again = await run(["sweep", ...TINY, ...flags]);
    expect(again.stderr).toContain("0 trials trained");
  });
});

const [native] = await inspectBackends();

it.skipIf(!native.usable)("backend tensorflow takes one worker and no more", async () => {
  const flags = ["--engine", "tfjs", "--backend", "tensorflow"];
  const plan = await run(["plan", "configs/smoke.json", "--json", ...flags]);
  expect(JSON.parse(plan.stdout)).toMatchObject({ backend: "tensorflow", workers: 1 });
  const two = await run(["plan", "configs/smoke.json", ...flags, "--workers", "2"]);
  expect(two.stderr).toContain("--workers: must be 1 with backend tensorflow");
  expect(two.code).toBe(2);
});

describe("ends with exit code 2 and a message", () => {
  it.each([
    ["a backend that is none", ["--engine", "tfjs", "--backend", "wsm"], 'did you mean "wasm"?'],
    ["a backend of another engine", ["--backend", "wasm"], "only engine tfjs has backends"],
    [
      "a network too large for the memory",
      [
        "--engine",
        "tfjs",
        "--backend",
        "cpu",
        "--set",
        "grid.width=[256]",
        "--set",
        "grid.depth=[1000]",
      ],
      "depth 1000, width 256: training one such network with tfjs would take about",
    ],
  ])("%s", async (_, flags, message) => {
    const out = join(await temporaryFolder(), "untouched");
    const { code, stdout, stderr } = await run([
      "sweep",
      "configs/smoke.json",
      "--out",
      out,
      ...flags,
    ]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    await expect(readFile(join(out, "manifest.json"))).rejects.toThrow("ENOENT");
  });
});

it("trial --engine tfjs gives the numbers of its stack of one", async () => {
  const flags = ["--depth", "2", "--epochs", "20", "--seed", "1", "--json"];
  const ours = await run(["trial", ...flags, "--engine", "tfjs", "--backend", "wasm"]);
  const fused = await run(["trial", ...flags]);
  const [mine, theirs] = [ours, fused].map(({ stdout }) => JSON.parse(stdout));
  expect(mine.engine).toMatchObject({ name: "tfjs", backend: { name: "wasm" } });
  expect(mine.parameters.initial).toEqual(theirs.parameters.initial);
  mine.lossPerEpoch.forEach((loss: number, epoch: number) => {
    expect(loss).toBeCloseTo(theirs.lossPerEpoch[epoch], 5);
  });
});
