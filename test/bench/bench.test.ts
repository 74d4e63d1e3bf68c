/** What the benchmark times, and what it makes of the times. */
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { growthCases, PEER_CELL, thesisCase } from "#lrn/bench/cases.js";
import { measureCase, median } from "#lrn/bench/measure.js";
import { measurePeers } from "#lrn/bench/peers.js";
import { measureSweep } from "#lrn/bench/whole-command.js";
import { runOn } from "#lrn/cli/entry.js";
import { type Interrupts, UNINTERRUPTED } from "#lrn/cli/interrupts.js";
import { batchShape } from "#lrn/engines/contract.js";
import { floatingPointOperations } from "#lrn/engines/cost.js";
import { UserError } from "#lrn/errors.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { readSweep } from "#lrn/sweep/read-sweep.js";
import { trialKey } from "#lrn/sweep/trial-key.js";
import { run } from "../cli/lrn.js";

describe("the cases", () => {
  it("are the trials of configs/thesis.json, in batches of one shape", async () => {
    const batches = [2, 4].flatMap((width) => thesisCase(width).batches);
    const keys = batches.flat().map((trial) => trialKey(trial, "float32/1"));
    const plan = planSweep(await readSweep("configs/thesis.json"), "float32/1");
    const planned = plan.cells.flatMap(({ cell }) =>
      plan.seeds.map((seed) => trialKey({ ...cell, seed }, "float32/1")),
    );
    expect(keys.toSorted()).toEqual(planned.toSorted());
    for (const batch of batches) expect(new Set(batch.map(batchShape)).size).toBe(1);
  });

  it("that grow change one thing of the peers' cell", () => {
    for (const { name, batches } of growthCases()) {
      const [[{ seed: _, epochs: __, ...cell }]] = batches;
      const changed = Object.entries(cell).filter(
        ([field, value]) => JSON.stringify(value) !== JSON.stringify(PEER_CELL[field as never]),
      );
      expect(changed.length, name).toBeLessThanOrEqual(1);
    }
  });
});

it("makes rates of the processor time of the median run, the first left out", async () => {
  const { batches } = thesisCase(2);
  const small = { name: "small", batches: batches.slice(0, 2) };
  let runs = 0;
  const engine = {
    train: () => {
      const start = process.cpuUsage().user;
      while (process.cpuUsage().user - start < 10_000); // microseconds
      runs++;
      return [];
    },
    kernelMs: () => 5 * runs,
  };
  const measured = await measureCase(small, engine, 3);
  expect(runs).toBe(2 * (1 + 3));
  const trials = small.batches.flat();
  const operations = trials.reduce((sum, trial) => sum + floatingPointOperations(trial), 0);
  const { coreSeconds, seconds } = measured;
  expect(coreSeconds).toBeGreaterThanOrEqual(0.02);
  expect(measured.trainings).toBe(trials.length);
  expect(measured.trainingsPerSecond * coreSeconds).toBeCloseTo(trials.length, 6);
  expect(measured.stepsPerSecond * coreSeconds).toBeCloseTo(3000 * trials.length, 3);
  expect(measured.gflops * coreSeconds * 1e9).toBeCloseTo(operations, -3);
  expect(measured.outsideKernel).toBeCloseTo(1 - 0.01 / seconds, 6);
});

it("lets the event loop turn before every batch, and does not time what happens then", async () => {
  const { batches } = thesisCase(2);
  let [trained, turned] = [0, 0];
  const engine = {
    train: () => {
      trained++;
      setImmediate(() => {
        turned++;
        const start = performance.now();
        while (performance.now() - start < 50);
      });
      return [];
    },
  };
  const measured = await measureCase({ name: "small", batches: batches.slice(0, 3) }, engine, 1);
  expect(turned).toBeGreaterThanOrEqual(trained - 1);
  expect(measured.seconds).toBeLessThan(0.05);
});

it("takes the middle one, of an even number the lower of the two", () => {
  const of = (...values: number[]) => median(values, (value) => value);
  expect([of(3, 1, 2), of(4, 1, 3, 2), of(7)]).toEqual([2, 2, 7]);
});

it("times the whole command with what it trains", async () => {
  const flags = ["--set", "epochs=3", "--seeds", "1", "--set", "grid.width=[2]"];
  const measured = await measureSweep("small", flags, 1);
  expect(measured).toMatchObject({ name: "small", trainings: 168 });
  expect(measured.seconds).toBeGreaterThan(0.05);
  expect(measured.outsideTraining).toBeGreaterThan(0);
  expect(measured.outsideTraining).toBeLessThan(1);
});

describe.skipIf(process.platform === "win32")("a peer (not on Windows)", () => {
  /** A Python that does not look at its script. */
  const python = (body: string) => {
    const file = join(mkdtempSync(join(tmpdir(), "lrn-python-")), "python");
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  it("is what its script prints", async () => {
    const printed = { version: "1.0", trainings: 1, seconds: 2, coreSeconds: 3 };
    const peers = await measurePeers(PEER_CELL, python(`echo '${JSON.stringify(printed)}'`));
    expect(peers).toHaveLength(3);
    for (const peer of peers) expect(peer).toMatchObject(printed);
  });

  it.each([
    [
      "is absent where its library is",
      "echo 'no module named jax' >&2; exit 3",
      /^no module named jax$/,
    ],
    [
      "is absent with the reason where it fails",
      "echo 'out of memory' >&2; exit 1",
      /\.py failed: out of memory$/,
    ],
  ])("%s", async (_name, body, absent) => {
    for (const peer of await measurePeers(PEER_CELL, python(body))) {
      expect((peer as { absent: string }).absent).toMatch(absent);
    }
  });

  it("is absent where there is no Python", async () => {
    const [peer] = await measurePeers(PEER_CELL, "/nowhere/python");
    expect(peer).toEqual({ name: expect.any(String), absent: "there is no /nowhere/python" });
  });
});

it.each([
  ["0", "0"],
  ["1.5", "1.5"],
  ["x", "x"],
  ["", '""'],
])("refuses the number of runs %j, which is none", async (given, shown) => {
  const { code, stderr } = await run(["bench", "--runs", given]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `lrn: --runs: must be a whole number from 1, got ${shown}\n`,
  });
});

it.each([["bench"], ["bench", "--engines"]])("%s %s can be interrupted", async (...args) => {
  const stream = () => new Writable({ write: (_part, _encoding, done) => done() });
  let begun = 0;
  const interrupts: Interrupts = {
    ...UNINTERRUPTED,
    ending() {
      begun++;
      return Promise.reject(new UserError("interrupted"));
    },
  };
  const code = await runOn({ stdout: stream(), stderr: stream() }, interrupts, args);
  expect({ code, begun }).toEqual({ code: 2, begun: 1 });
});
