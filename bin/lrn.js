#!/usr/bin/env node
import { runProcess } from "../dist/cli/entry.js";

process.exitCode = await runProcess();
