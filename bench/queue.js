/**
 * What a queue on Redis costs. Starts a redis-server of its own, which must be installed.
 *
 *   node bench/queue.js [pairs [seeds]] two workers through Redis against two threads, run by run in turn
 *   node bench/queue.js sleepers [trials [n…]]
 *                                       n workers that only sleep, a second for each batch of so many trials, and what the
 *                                       sweep and Redis spend on each batch
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const LRN = fileURLToPath(new URL("../bin/lrn.js", import.meta.url));
const SWEEP = ["sweep", "configs/thesis.json"];
const THREADS = 2;

const folder = mkdtempSync(join(tmpdir(), "lrn-bench-"));
const children = new Set();
const start = (file, args, options = {}) => {
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"], ...options });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
};

/** The folder goes once nobody can write there any more. */
const endAll = async () => {
  const gone = [...children].map((child) => once(child, "exit"));
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(gone);
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => void endAll().finally(() => process.exit(1)));
}

try {
  const port = await freePort();
  start("redis-server", [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--save",
    "",
  ]);
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  const url = `redis://127.0.0.1:${port}`;
  const [mode, ...numbers] = process.argv.slice(2);
  if (mode === "sleepers") {
    const [trials = 500, ...counts] = numbers.map(Number);
    await sleepers(url, trials, counts.length > 0 ? counts : [1, 10, 30, 100, 300, 1000]);
  } else await pairs(url, Number(mode ?? 5), numbers[0] ?? "100");
} finally {
  await endAll();
}

/** Both take their turn on the same machine, so that what else runs there slows both down. */
async function pairs(url, count, seeds) {
  for (let i = 0; i < THREADS; i++) {
    await told(
      start(process.execPath, [LRN, "worker", "--queue", url, "--workers", "1"]),
      /Training for/,
    );
  }
  const ratios = [];
  for (let pair = 0; pair < count; pair++) {
    const seconds = {};
    const order = pair % 2 === 0 ? ["threads", "queue"] : ["queue", "threads"];
    for (const way of order) {
      const how = way === "queue" ? ["--queue", url] : ["--workers", String(THREADS)];
      const run = start(process.execPath, [
        LRN,
        ...SWEEP,
        "--seeds",
        seeds,
        ...how,
        "--out",
        join(folder, `${way}${pair}`),
      ]);
      seconds[way] = Number((await told(run, /trained\s+in\s+([\d.]+)\s+s/))[1]);
    }
    ratios.push(seconds.threads / seconds.queue);
    const shown = `threads ${seconds.threads} s, queue ${seconds.queue} s`;
    console.log(`${shown}: ${(100 * ratios.at(-1)).toFixed(0)} % of the threads' throughput`);
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(count / 2)];
  console.log(`median of ${count}: ${(100 * median).toFixed(0)} %`);
}

/** Of the thesis's trials, an idle thread trains about 500 in a second; of large networks, a few. */
async function sleepers(url, trials, counts) {
  const { Redis } = await import("ioredis");
  const { queueAddress } = await import("../dist/queue/address.js");
  const { openQueuePool } = await import("../dist/queue/queue-pool.js");
  const { openBullQueue } = await import("../dist/queue/bull-queue.js");
  const { openStore } = await import("../dist/store/store.js");
  const { runPlan } = await import("../dist/sweep/run.js");
  const { loadEngine } = await import("../dist/engines/load.js");
  const engine = await loadEngine("fused");
  const trainable = { engine: engine.name, numerics: engine.numerics };
  const address = queueAddress(url);
  const redis = new Redis(url);
  const secondsOfRedis = async () =>
    [...(await redis.info("cpu")).matchAll(/used_cpu_(?:user|sys):([\d.]+)/g)].reduce(
      (sum, [, seconds]) => sum + Number(seconds),
      0,
    );
  console.log("workers  batches  seconds  workers busy  ms per batch: sweep  Redis");
  for (const workers of counts) {
    const wanted = Math.max(20, Math.min(10 * workers, 5000));
    const plan = await planOf(trials * wanted, engine);
    const slow = await slowEngine(engine, plan, trials);
    const sleeping = [];
    for (let left = workers; left > 0; left -= 50) {
      const script = fileURLToPath(new URL("queue-sleeper.js", import.meta.url));
      sleeping.push(start(process.execPath, [script, url, String(Math.min(50, left))]));
    }
    await Promise.all(sleeping.map((child) => told(child, /ready/)));
    const open = (events) => openBullQueue(address, trainable, events);
    const pool = await openQueuePool({ address, trainable, open });
    let batches = 0;
    const counted = {
      workers: pool.workers,
      // A plan for 16 threads would give fewer of them smaller batches.
      shared: { ...pool.shared, packedFor: 1 },
      train(...asked) {
        batches++;
        return pool.train(...asked);
      },
    };
    const store = openStore(join(folder, `sleepers${workers}.db`));
    const [cpu, ofRedis, begin] = [process.cpuUsage(), await secondsOfRedis(), performance.now()];
    await runPlan(plan, store, counted, { engine: slow });
    const seconds = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const row = [
      [String(workers), 7],
      [String(batches), 9],
      [seconds.toFixed(1), 9],
      [`${((100 * batches) / (workers * seconds)).toFixed(0)} %`, 14],
      [((user + system) / 1000 / batches).toFixed(1), 21],
      [((1000 * ((await secondsOfRedis()) - ofRedis)) / batches).toFixed(1), 7],
    ];
    console.log(row.map(([text, width]) => text.padStart(width)).join(""));
    await pool.close();
    store.close();
    for (const child of sleeping) child.kill("SIGKILL");
  }
  redis.disconnect();
}

/** So many trials of one cell. */
async function planOf(trials, engine) {
  const { planSweep } = await import("../dist/sweep/plan.js");
  const { readSweep } = await import("../dist/sweep/read-sweep.js");
  const grid = {
    depth: [2],
    width: [2],
    connection: ["plain"],
    optimizer: ["sgd"],
    learningRate: [0.1],
    trainingStyle: ["batch"],
  };
  const changes = [
    { path: "grid", value: grid },
    { path: "seeds", value: trials },
  ];
  return planSweep(await readSweep("configs/smoke.json", changes, []), engine.numerics);
}

/** An engine so slow that it trains so many trials of the plan in a second. */
async function slowEngine({ name, numerics, speed }, plan, trials) {
  const { trainingOperations } = await import("../dist/engines/cost.js");
  const operationsPerSecond = trials * trainingOperations(plan.cells[0].cell);
  return { name, numerics, lanes: 4, mostTrials: trials, speed: { ...speed, operationsPerSecond } };
}

/** Waits for what a process says on its standard error. */
function told(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (more) => {
      text += more;
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
