"""The task that lrn bench hands to every peer, and the data that all of them train on."""

import json
import sys
import time

import numpy as np


def task():
    return json.loads(sys.argv[1])


def dataset(spec):
    """Standardized x and t = |x|, as docs/protocol.md has them: float32 [samples] each."""
    x = np.random.RandomState(spec["seed"]).uniform(-1, 1, spec["samples"])
    t = np.abs(x)

    def standardize(values):
        return ((values - values.mean()) / values.std(ddof=1)).astype(np.float32)

    return standardize(x), standardize(t)


def report(version, trainings, train):
    """Runs `train` and prints its wall time and the processor time of all its threads."""
    wall, core = time.perf_counter(), time.process_time()
    train()
    seconds, core_seconds = time.perf_counter() - wall, time.process_time() - core
    measured = {"trainings": trainings, "seconds": seconds, "coreSeconds": core_seconds}
    print(json.dumps({"version": version, **measured}))


def absent(library):
    print(f"{library} is not installed", file=sys.stderr)
    sys.exit(3)
