/** The examples for clusters: their shell, really run, asks for every shard once, in commands that lrn takes. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "#lrn/cli/exit-codes.js";
import { ROOT, run } from "./cli/lrn.js";
import { example, yaml } from "./example-files.js";

/** In the place of npx: says what it was called with, an argument a line. */
const tools = mkdtempSync(join(tmpdir(), "lrn-examples-"));
writeFileSync(join(tools, "npx"), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });

/** @returns the arguments of the one command that it runs by npx */
function npxOf(command: readonly string[], variables: Readonly<Record<string, string>>): string[] {
  const path = `${tools}${delimiter}${process.env.PATH}`;
  const [shell, ...args] = command;
  const printed = execFileSync(shell, args, {
    env: { ...variables, PATH: path },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"], // bash takes an open input for a connection, and reads its settings
  });
  return printed.trimEnd().split("\n");
}

/**
 * That the first, the third and the last task train their shards, each into a folder of its own, in a command that
 * `lrn plan` takes too.
 *
 * @param commandOf what a task runs, counted from 1
 */
async function expectShards(count: number, commandOf: (task: number) => string[]): Promise<void> {
  const folders = new Set<string>();
  for (const task of [1, 3, count]) {
    const [program, name, ...args] = commandOf(task);
    expect([program, name]).toEqual(["lrn", "sweep"]);
    expect(args[args.indexOf("--shard") + 1]).toBe(`${task}/${count}`);
    folders.add(args[args.indexOf("--out") + 1]);
    if (task > 1) continue;
    const { code, stdout, stderr } = await run([
      "plan",
      ...args,
      "--set",
      "grid.depth=[2]",
      "--json",
    ]);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).shard).toEqual({ index: 1, count });
  }
  expect(folders.size).toBe(3);
}

it("a Slurm job array", async () => {
  const script = readFileSync(example("slurm.sh"), "utf8");
  const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(script)!.map(Number);
  expect(first).toBe(1);
  await expectShards(last, (task) =>
    npxOf(["bash", example("slurm.sh")], {
      SLURM_ARRAY_TASK_ID: String(task),
      SLURM_CPUS_PER_TASK: "8",
    }),
  );
  // A task with failed trials ends with 1, so that nothing after `afterok` would run.
  expect(readFileSync(join(ROOT, "docs/scaling.md"), "utf8")).toContain("--dependency=afterany:");
});

const job = yaml("kubernetes.yml");
describe.skipIf(job === undefined)("read by Python's YAML", () => {
  it("a Kubernetes Indexed Job", async () => {
    const { completions, completionMode, template, ...spec } = job.spec;
    expect(completionMode).toBe("Indexed");
    // What ends with 1 or 2 would do so again; Kubernetes takes this policy with these settings alone.
    expect(spec.podFailurePolicy.rules[0]).toEqual({
      action: "FailIndex",
      onExitCodes: { operator: "In", values: [EXIT.failed, EXIT.wrong] },
    });
    expect(template.spec.restartPolicy).toBe("Never");
    expect(spec.backoffLimitPerIndex).toBeGreaterThan(0);
    const [{ command, args, volumeMounts }] = template.spec.containers;
    const commandOf = (task: number) =>
      npxOf([...command, ...args], { JOB_COMPLETION_INDEX: String(task - 1) });
    await expectShards(completions, commandOf);
    const [{ mountPath }] = volumeMounts;
    expect(commandOf(1).at(-1)).toBe(`${mountPath}/thesis-shards/1`);
  });

  it("a GitHub Actions matrix", async () => {
    const { jobs } = yaml("shards.yml");
    const { shard: tasks } = jobs.shard.strategy.matrix;
    expect(tasks).toEqual([1, 2, 3, 4]);
    const lineOf = (name: string): string =>
      jobs[name].steps.map(({ run }: { run?: string }) => run).findLast(Boolean);
    await expectShards(tasks.length, (task) => {
      const line = lineOf("shard")
        .replaceAll(/\$\{\{ matrix\.shard \}\}/g, String(task))
        .replaceAll(/\$\{\{ strategy\.job-total \}\}/g, String(tasks.length));
      return npxOf(["bash", "-euc", line], {});
    });
    expect(npxOf(["bash", "-euc", lineOf("merge")], {})).toEqual([
      ...["lrn", "merge", "results/thesis", "shards/*"],
    ]);
    expect(jobs.merge.needs).toBe("shard");
    const always = expect.stringMatching(/^\$\{\{ !cancelled\(\) \}\}$/);
    expect(jobs.merge.if).toEqual(always);
    for (const name of ["shard", "merge"]) {
      expect(jobs[name].steps.at(-1)).toMatchObject({ if: always, with: { overwrite: true } });
    }
  });
});
