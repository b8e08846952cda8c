"""Tables of every shape, spoilt in every way at every place: a bar for each way.

Of each way a few dozen files are taken at random, always the same ones.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.preview import ALL, preview
from tests.processing.pipeline.files import hints, stored
from tests.processing.pipeline.spoilt import (
    IN_A_RECORD,
    Case,
    is_exact,
    spoilt_records,
)
from tests.processing.pipeline.spoilt_files import (
    BETWEEN,
    DIALECTS,
    ENDINGS,
    OTHER_HEADER,
    SAME_HEADER,
    SAME_HEADER_BESIDE_NOTES,
    between,
    dialects,
    endings,
    files,
)

FILES_OF_A_WAY = 24
Makers = Callable[[str], Iterator[Callable[[], Case | None]]]
WAYS: dict[str, Makers] = {
    **dict.fromkeys(IN_A_RECORD, spoilt_records),
    **dict.fromkeys((*SAME_HEADER, *SAME_HEADER_BESIDE_NOTES, *OTHER_HEADER), files),
    **dict.fromkeys(DIALECTS, dialects),
    **dict.fromkeys(BETWEEN, between),
    **dict.fromkeys(ENDINGS, endings),
}
# Of a header and one record that use different signs nothing says which are meant; a
# line of words above words may be a title; and no name has more than 200 characters.
MAY_FAIL: dict[str, int] = {
    "written with ','": 4,
    "written with ';'": 2,
    "written with '|'": 2,
    "written with ' '": 3,
    "written with ':'": 2,
    "written with ', '": 1,
    "in another mark": 1,
    "in other marks throughout": 1,
    "a long cell": 5,
}


def cases(way: str) -> Iterator[Case]:
    makers = [*WAYS[way](way)]
    random.Random(way).shuffle(makers)
    made = (case for make in makers if (case := make()) is not None)
    for _, case in zip(range(FILES_OF_A_WAY), made, strict=False):
        yield case


def is_read(folder: Path, case: Case) -> bool:
    path = stored(folder, case.content)
    try:
        shown = preview(path, hints(), DEFAULT_LIMITS, records=ALL)
    except FileError:
        return not case.rows
    return is_exact(case, shown.structure.header.cells, shown.records)


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_read_however_it_was_spoilt(tmp_path: Path, way: str) -> None:
    failed = [case.place for case in cases(way) if not is_read(tmp_path, case)]

    assert len(failed) <= MAY_FAIL.get(way, 0), "\n".join(failed)
