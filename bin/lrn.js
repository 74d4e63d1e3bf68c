#!/usr/bin/env node
import module from "node:module";

// From Node 22 on, V8 keeps what it made of the code for the next command.
module.enableCompileCache?.();
const { runProcess } = await import("../dist/command/lrn.js");

process.exitCode = await runProcess();
