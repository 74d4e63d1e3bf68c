/** Starts the page or, in its worker, what trains for it. */
import { render } from "preact";
import { keepFileNumbers } from "../src/model/file-points.js";
import { bytesOf, unpackColumn } from "../src/output/page/packed-columns.js";
import type { PageData } from "../src/output/page/page-data.js";
import { THESIS_CONVERGED_RMSE } from "../src/thesis/experiment.js";
import { App } from "./app.js";
import { makeTrainer } from "./training/page-trainer.js";
import { serveTrainings } from "./training/page-worker.js";
import { readReport } from "./unpack-report.js";
import "./page.css";

function start(): void {
  const textOf = (id: string) => document.getElementById(id)!.textContent;
  const data: PageData = JSON.parse(textOf("data"));
  const files = new Map(
    Object.entries(data.files).map(([sha256, column]) => [sha256, unpackColumn(column)]),
  );
  keepFileNumbers(files);
  const report = data.sweep && readReport(data.sweep);
  const trainer = makeTrainer({
    compile: () => WebAssembly.compile(bytesOf(textOf("kernel"))),
    files,
    script: textOf("script"),
    threshold: data.sweep?.threshold ?? THESIS_CONVERGED_RMSE,
  });
  const page = document.getElementById("page")!;
  page.textContent = "";
  render(<App data={data} report={report} trainer={trainer} />, page);
}

if (typeof document === "undefined") serveTrainings();
else start();
