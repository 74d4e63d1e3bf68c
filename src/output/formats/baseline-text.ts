/** A baseline as text that diffs well: a line per field and a line per cell, always in one order. */
import type { Baseline } from "../../analysis/baseline.js";

export function baselineText({ cells, ...fields }: Baseline): string {
  const head = Object.entries(fields).map(([name, value]) => `  ${field(name, value)},\n`);
  const lines = cells.map((cell) => `    ${inOneLine(cell)}`);
  return `{\n${head.join("")}  "cells": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

function field(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${inOneLine(value)}`;
}

function inOneLine(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(", ")}]`;
  const fields = Object.entries(value).map(([name, inner]) => field(name, inner));
  return `{ ${fields.join(", ")} }`;
}
