import { expect, it } from "vitest";
import { inspectBackends } from "#lrn/engines/tfjs/backends.js";
import { run, unbroken } from "./lrn.js";

const [native] = await inspectBackends();

interface Finding {
  readonly part: string;
  readonly backend?: string;
  readonly present: boolean;
}

it("tries every part, and says why one is absent and what to do", async () => {
  const { code, stdout, stderr } = await run(["doctor"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const part of ["Node", "SQLite", "worker threads", "engine fused", "engine reference"]) {
    expect(stdout).toMatch(new RegExp(`^present +${part} `, "m"));
  }
  expect(stdout).toMatch(
    /^present +packages of queues +bullmq \d+\.\d+\.\d+, ioredis \d+\.\d+\.\d+$/m,
  );
  expect(stdout).toMatch(/^present +engine tfjs, backend wasm /m);
  expect(stdout).toMatch(/^present +engine tfjs, backend cpu /m);
  expect(unbroken(stdout)).toContain(native.usable ? native.description : native.reason);
  if (!native.usable) expect(unbroken(stdout)).toContain(native.remedy);
});

it("gives the same as JSON", async () => {
  const { code, stdout } = await run(["doctor", "--json"]);
  expect(code).toBe(0);
  const findings: Finding[] = JSON.parse(stdout).findings;
  const backends = findings.filter(({ backend }) => backend !== undefined);
  expect(backends.map(({ backend, present }) => [backend, present])).toEqual([
    ["tensorflow", native.usable],
    ["wasm", true],
    ["cpu", true],
  ]);
});

const SMOKE = ["sweep", "configs/smoke.json", "--engine", "tfjs", "--backend", "tensorflow"];

it.skipIf(native.usable)("an absent backend is refused in doctor's words", async () => {
  const { code, stdout, stderr } = await run(SMOKE);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  if (native.usable) throw new Error("skipped where it is usable");
  expect(stderr).toContain(native.reason);
  expect(stderr).toContain(native.remedy);
});
