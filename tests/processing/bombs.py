"""``python -m tests.processing.bombs FILE``: one file read in a process of its own.

Prints as JSON the code it was refused with, empty if it was read, and how much memory
and processor time that took beyond what a small file takes.
"""

import json
import resource
import sys
import time
from contextlib import closing
from pathlib import Path

from processing.pipeline.batches import ReadOptions
from processing.pipeline.errors import FileError
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import read_batches, understand
from processing.readahead import read_ahead
from processing.spool import RejectSpool
from tests.processing.pipeline.files import GOOD, hints, sales, stored

# What Linux counts peak memory in; macOS counts bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    path = Path(sys.argv[1])
    _code_of(stored(path.parent, sales(GOOD)))
    before, began = _peak_bytes(), time.process_time()
    told = {
        "code": _code_of(path),
        "seconds": time.process_time() - began,
        "more_bytes": _peak_bytes() - before,
    }
    sys.stdout.write(json.dumps(told))


def _code_of(path: Path) -> str:
    try:
        understanding = understand(path, hints(), DEFAULT_LIMITS)
        batches = read_batches(path, understanding, ReadOptions())
        with RejectSpool() as spool, closing(read_ahead(batches, depth=1)) as coming:
            for batch in coming:
                spool.add(batch.rejects)
    except FileError as exc:
        return exc.code
    return ""


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT


if __name__ == "__main__":
    main()
