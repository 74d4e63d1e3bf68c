/** The page's script as a worker: trains what it is asked for, so that the page stays usable meanwhile. */
import { makeFusedEngine } from "../../src/engines/fused/host.js";
import { keepFileNumbers } from "../../src/model/file-points.js";
import { answer, type Beginning, type TrainingRequest } from "./page-requests.js";

/** The first message is the beginning, each later one a request, answered in their order. */
export function serveTrainings(): void {
  addEventListener(
    "message",
    ({ data: { kernel, files } }: MessageEvent<Beginning>) => {
      keepFileNumbers(files);
      const engine = makeFusedEngine(kernel);
      addEventListener("message", async ({ data }: MessageEvent<TrainingRequest>) => {
        postMessage(await answer(engine, data));
      });
    },
    { once: true },
  );
}
