#!/usr/bin/env node
import { run } from "../dist/cli/entry.js";

process.exitCode = await run();
