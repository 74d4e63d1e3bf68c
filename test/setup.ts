/** What all test files share; they run beside each other already, one per processor core. */

import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { expect } from "vitest";
import { keepThreads } from "./kept-threads.js";

// Commands that run in this process train on one thread unless told: more would only wait for a core.
os.availableParallelism = () => 1;
syncBuiltinESMExports();
keepThreads();

// Byte by byte, vitest compares a file of a megabyte for a second.
expect.addEqualityTesters([
  (a, b) => (Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : undefined),
]);
