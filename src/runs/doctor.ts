/** What of lrn can run here: each part tried, not merely looked for. */
import { availableParallelism } from "node:os";
import { counted } from "../counted.js";
import type { Batch } from "../engines/contract.js";
import { ENGINE_NAMES, type EngineName } from "../engines/names.js";

interface Part {
  readonly part: string;
  readonly engine?: EngineName;
  readonly backend?: string;
}

/** A part that works, or why it does not and what to do about it. */
export type Finding = Part &
  (
    | { readonly present: true; readonly detail: string }
    | { readonly present: false; readonly reason: string; readonly remedy: string }
  );

const REINSTALL = "install lrn's packages again with npm ci";

/** @param required the oldest Node that will do, as "20.19.0" */
export async function examine(required: string): Promise<Finding[]> {
  return [
    nodeFinding(required),
    await tried({ part: "SQLite" }, sqliteVersion),
    await tried({ part: "worker threads" }, trainInWorker),
    ...(await engineFindings()),
  ];
}

/** What there is to say of an engine beyond that it trains. */
const OWN_FINDINGS: Partial<Record<EngineName, () => Promise<Finding[]>>> = { tfjs: tfjsFindings };

async function engineFindings(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const engine of ENGINE_NAMES) {
    const own = OWN_FINDINGS[engine];
    const part = { part: `engine ${engine}`, engine };
    findings.push(...(own ? await own() : [await tried(part, () => trainTiny(engine))]));
  }
  return findings;
}

function nodeFinding(required: string): Finding {
  const { node } = process.versions;
  const present = node.localeCompare(required, "en", { numeric: true }) >= 0;
  return present
    ? { part: "Node", present, detail: node }
    : {
        part: "Node",
        present,
        reason: `${node} is too old`,
        remedy: `install ${required} or later`,
      };
}

/** @param attempt throws where the part does not work; gives what is worth knowing of it */
async function tried(part: Part, attempt: () => Promise<string>): Promise<Finding> {
  try {
    return { ...part, present: true, detail: await attempt() };
  } catch (error) {
    const [reason] = String((error as Error).message).split("\n");
    return { ...part, present: false, reason, remedy: REINSTALL };
  }
}

async function sqliteVersion(): Promise<string> {
  const { DatabaseSync } = await import("@photostructure/sqlite");
  const db = new DatabaseSync(":memory:");
  const { version } = db.prepare("SELECT sqlite_version() AS version").get();
  db.close();
  return version;
}

async function trainInWorker(): Promise<string> {
  const { openPool } = await import("../engines/pool.js");
  const pool = openPool("reference", 1);
  try {
    const { outcomes } = await pool.train((await tinyBatch()).trials);
    const [outcome] = outcomes;
    if (outcome.state !== "trained") throw new Error(`a training in one ends as ${outcome.state}`);
  } finally {
    await pool.close();
  }
  const cores = availableParallelism();
  return `${counted(cores, "core")}, so ${counted(cores, "worker")} where --workers does not say`;
}

/** @throws Error where its numbers are not the reference engine's although its numeric version says so */
async function trainTiny(name: EngineName): Promise<string> {
  const { loadEngine } = await import("../engines/load.js");
  const [engine, reference] = [await loadEngine(name), await loadEngine("reference")];
  const batch = await tinyBatch();
  const [[trained], [expected]] = [await engine.train(batch), await reference.train(batch)];
  if (engine.numerics !== reference.numerics) return `numeric version ${engine.numerics}`;
  if (trained.parameters.some((value, i) => value !== expected.parameters[i])) {
    throw new Error("its numbers are not the reference engine's");
  }
  return name === reference.name
    ? `numeric version ${engine.numerics}, which it defines`
    : "its numbers are the reference engine's";
}

async function tinyBatch(): Promise<Batch> {
  const { cellOf } = await import("../model/cells.js");
  const cell = cellOf({
    depth: 3,
    width: 2,
    connection: "late-residual",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    epochs: 20,
  });
  return { trials: [{ ...cell, seed: 0 }] };
}

async function tfjsFindings(): Promise<Finding[]> {
  const part = { part: "engine tfjs", engine: "tfjs" } as const;
  try {
    const { inspectBackends } = await import("../engines/tfjs/backends.js");
    return (await inspectBackends()).map(({ backend, ...report }) => {
      const named = { part: `${part.part}, backend ${backend}`, engine: part.engine, backend };
      if (report.usable) return { ...named, present: true, detail: report.description };
      return { ...named, present: false, reason: report.reason, remedy: report.remedy };
    });
  } catch (error) {
    return [await tried(part, () => Promise.reject(error))];
  }
}
