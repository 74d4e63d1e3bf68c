/** Starts the page or, in its worker, what trains for it. */
import { render } from "preact";
import { keepFileNumbers } from "../src/model/file-points.js";
import type { PageData } from "../src/output/page/page-data.js";
import { bytesOf, unpackColumn } from "../src/output/page/packed-columns.js";
import { THESIS_CONVERGED_RMSE } from "../src/thesis/experiment.js";
import { App } from "./app.js";
import { readReport } from "./report.js";
import { makeTrainer } from "./training/trainer.js";
import { serveTrainings } from "./training/worker.js";
import "./page.css";

async function start(): Promise<void> {
  const textOf = (id: string) => document.getElementById(id)!.textContent;
  const data: PageData = JSON.parse(textOf("data"));
  const kernel = await WebAssembly.compile(bytesOf(textOf("kernel")));
  const files = new Map(
    Object.entries(data.files).map(([sha256, column]) => [sha256, unpackColumn(column)]),
  );
  keepFileNumbers(files);
  const report = data.sweep && readReport(data.sweep);
  const trainer = makeTrainer(
    kernel,
    files,
    textOf("script"),
    data.sweep?.threshold ?? THESIS_CONVERGED_RMSE,
  );
  const page = document.getElementById("page")!;
  page.textContent = "";
  render(<App data={data} report={report} trainer={trainer} />, page);
}

if (typeof document === "undefined") serveTrainings();
else void start();
