import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, expect, it } from "vitest";
import { openQueries } from "#lrn/store/query.js";
import { openStore } from "#lrn/store/store.js";
import { lrn, temporaryFolder } from "../cli/lrn.js";

const WRITER = fileURLToPath(new URL("../fixtures/opens-and-writes.js", import.meta.url));
const WRITES = 1000;
const READS = 2000;

const SWEEP = ["sweep", "configs/thesis.json", "--set", "epochs=5", "--seeds", "1"];

let folder: string;
let database: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  database = join(folder, "trials.db");
});

it(`${READS} queries beside two processes that open, write and close the store all read it`, async () => {
  openStore(database).close();
  const writers = [0, 1].map(() => spawn(process.execPath, [WRITER, database, `${WRITES}`]));
  const ends = Promise.all(writers.map((writer) => once(writer, "close")));
  let before = 0;
  for (let read = 0; read < READS; read++) {
    const queries = openQueries(database, {
      sql: "CREATE TEMP VIEW n AS SELECT count(*) AS n FROM trial",
    });
    const [[n]] = [...queries.select("SELECT n FROM n").rows] as [[number]];
    queries.close();
    expect(n).toBeGreaterThanOrEqual(before);
    before = n;
    if (read % 20 === 0) await new Promise(setImmediate);
  }
  expect((await ends).map(([code]) => code)).toEqual([0, 0]);
  const store = openStore(database);
  expect(store.count()).toBe(WRITES);
  store.close();
});

it("a sweep waits for a lock that another program holds for two seconds", async () => {
  expect((await lrn([...SWEEP, "--out", folder])).code).toBe(0);
  const other = new DatabaseSync(database);
  other.exec("BEGIN IMMEDIATE");
  setTimeout(() => other.close(), 2000);
  const { code, stderr } = await lrn([...SWEEP.slice(0, -1), "2", "--out", folder, "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

it.skipIf(process.platform !== "linux")(
  "a lock that is not let go ends a sweep with a message that names who may hold it (Linux)",
  async () => {
    expect((await lrn([...SWEEP, "--out", folder])).code).toBe(0);
    const other = new DatabaseSync(database);
    other.exec("BEGIN IMMEDIATE");
    const { code, stderr } = await lrn([...SWEEP.slice(0, -1), "2", "--out", folder, "--quiet"]);
    expect(stderr).toMatch(
      new RegExp(
        `^lrn: .*trials\\.db: is locked by process ${process.pid} \\(.+\\), 10 s long; what is ` +
          "finished is kept: end that program, or wait for it, and run the same command again\n$",
      ),
    );
    expect(code).toBe(1);
    // Those who only read are not held up.
    const query = await lrn(["query", folder, "SELECT count(*) AS n FROM trials", "--csv"]);
    expect(query).toMatchObject({ code: 0, stdout: "n\n336\n" });
    other.close();
    expect((await lrn([...SWEEP.slice(0, -1), "2", "--out", folder])).code).toBe(0);
  },
);
