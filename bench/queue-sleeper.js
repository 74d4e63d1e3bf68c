/** Some workers of a queue that only sleep, for bench/queue.js: `node queue-sleeper.js URL COUNT`. */
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "bullmq";
import { Redis } from "ioredis";

const [url, count] = process.argv.slice(2);
const numerics = "float32/1";

/** What a trained trial may look like. */
function outcomeFor(threshold) {
  return {
    state: "trained",
    finalRmse: 0.2345678901234567,
    deadNeurons: 1,
    deadLayers: 0,
    deadOnDomain: 1,
    firstLayerRmse: 0.1234567890123456,
    thresholdRmse: threshold,
  };
}

const workers = Array.from({ length: Number(count) }, (_, i) => {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  return new Worker(
    `sweep/v1/fused/${numerics}`,
    async ({ id: key, data: { runs, threshold } }) => {
      await sleep(1000);
      const trials = runs.reduce((sum, { seeds }) => sum + seeds.length, 0);
      return {
        ...{ key, numerics },
        outcomes: Array(trials).fill(outcomeFor(threshold)),
        trainMs: Array(trials).fill(2.3456789012345),
      };
    },
    { connection, prefix: "lrn", name: `1@sleeper-${process.pid}-${i}` },
  );
});
await Promise.all(workers.map((worker) => worker.waitUntilReady()));
console.error("ready");
