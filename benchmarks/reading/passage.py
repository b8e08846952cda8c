"""``python -m benchmarks.reading.passage FILE``: one file read in a process of its own.

Prints what it took as JSON: records, seconds without the start, peak memory in bytes.
"""

import datetime as dt
import json
import resource
import sys
import time
from pathlib import Path

from processing.pipeline.batches import ReadOptions
from processing.pipeline.findings import Hints
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import read_batches, understand

# Sales of the benchmark are of 2024; any later day will do.
TODAY = dt.date(2026, 1, 1)
# What Linux counts peak memory in; macOS counts bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    path = Path(sys.argv[1])
    began = time.perf_counter()
    understanding = understand(path, Hints(today=TODAY), DEFAULT_LIMITS)
    batches = read_batches(path, understanding, ReadOptions())
    records = sum(batch.records_read for batch in batches)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT
    sys.stdout.write(
        json.dumps({"records": records, "seconds": seconds, "peak_bytes": peak})
    )


if __name__ == "__main__":
    main()
