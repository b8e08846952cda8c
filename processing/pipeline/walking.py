"""Walking over a stretch that is not regular throughout, record by record.

What proves regular is taken as it is; whatever else stands there is cut with care.
"""

import dataclasses
import itertools
from collections.abc import Sequence

from processing.pipeline.lines import has_line_longer_than
from processing.pipeline.records import (
    MOST_RECORD_LINES_IN_A_CELL,
    PATIENCE_BYTES,
    Dialect,
    Flags,
    OpenQuoteError,
    Record,
    Window,
    cut_record,
)
from processing.pipeline.regular import Regularity
from processing.pipeline.reprints import HeaderAgain
from processing.pipeline.returns import parted_by_returns
from processing.pipeline.unmarking import Unmarked, Unmarker

# What the marks of a file that never close may waste before each looks only so far.
WASTE_BYTES = 64 << 20
LITTLE_PATIENCE_BYTES = 4_096
# Lines whose marks are read at once: as few after one astray, since all behind it was
# in vain, then twice as many each time. More gain nothing measurable.
FEWEST_LINES, MOST_LINES = 32, 65_536
# Of the usual way from one break to the next so many parts are paired at once, once the
# way is known: measured, 2 to 4 make no difference.
FEWEST_BREAKS, PARTS_OF_GAP = 2, 3
# Where pairing is in vain again and again, so many lines are walked over as they stand
# before it is tried once more.
MOST_PLAIN_LINES = 4_096
# A record cut with care takes many times its bytes as objects: a walk ends when it has
# so many, and what is behind them is another one. Were all records of a block such, it
# would take 300 MB.
MOST_CAREFUL = 20_000
# So many lines are not left over: what stands below a table is judged with it in sight.
FEWEST_LEFT = 1_000


@dataclasses.dataclass(slots=True)
class Walk:
    """What was met. ``regular`` are runs of regular records, one a line each.

    ``used_lines`` is where the walk ended: all lines, or those before an open mark, or
    those up to the last record that it could hold; only then it ``is_full``.
    """

    used_lines: int
    regular: list[bytes] = dataclasses.field(default_factory=list)
    regular_lines: list[int] = dataclasses.field(default_factory=list)
    careful: list[Record] = dataclasses.field(default_factory=list)
    blank: int = 0
    headers: int = 0
    is_full: bool = False

    def end_if_full(self, reached: int) -> bool:
        """End the walk before the line ``reached`` if it can hold no more records."""
        is_enough = len(self.careful) >= MOST_CAREFUL
        if is_enough and self.used_lines - reached >= FEWEST_LEFT:
            self.used_lines, self.is_full = reached, True
        return self.is_full


class Walker:
    """Walks over the lines of one file in order; remembers what open marks wasted."""

    def __init__(
        self,
        dialect: Dialect,
        *,
        regularity: Regularity,
        header: HeaderAgain,
        unmarker: Unmarker,
        field_bytes: int,
    ) -> None:
        self._dialect = dialect
        self._regularity = regularity
        self._header = header
        self._width = regularity.width
        self._field_bytes = field_bytes
        self._unmarker = unmarker
        self._quote = (dialect.quote or "").encode()
        self._waste_left = WASTE_BYTES
        self._emptiness = b" \t\r\n" + dialect.delimiter.encode()

    def walk_lines(self, lines: list[bytes], *, line: int, is_last: bool) -> Walk:
        """Walk over records of which the regular ones are a line each as they stand."""
        proven = self._proven_lines(lines)
        window = self._window(lines, proven, line=line, is_last=is_last)
        walk = Walk(used_lines=len(lines))
        self._walk_plain(window, 0, list(proven), walk)
        return walk

    def walk_marked(self, lines: list[bytes], *, line: int, is_last: bool) -> Walk:
        """Walk over records that may be quoted, and then be several lines each."""
        flags = _FlagsWhenAsked(lines, self._regularity)
        window = self._window(lines, flags, line=line, is_last=is_last)
        walk = Walk(used_lines=len(lines))
        start, size, plain_size, breaks = 0, FEWEST_LINES, 0, 0
        while start < walk.used_lines:
            reached, is_broken = self._walk_stretch(window, start, start + size, walk)
            breaks += is_broken
            most = _worth_pairing(reached, breaks)
            if reached - start >= size // 2:
                size, plain_size = min(2 * size, most), 0
            else:
                some = lines[reached : min(reached + plain_size, walk.used_lines)]
                reached = self._walk_plain(
                    window, reached, self._proven_lines(some), walk
                )
                size = min(size, most)
                plain_size = min(max(2 * plain_size, FEWEST_LINES), MOST_PLAIN_LINES)
            start = reached
        return walk

    def _window(
        self, lines: list[bytes], flags: Flags, *, line: int, is_last: bool
    ) -> Window:
        has_patience = self._waste_left > 0
        return Window(
            lines=lines,
            is_regular=flags,
            first_line=line,
            is_last=is_last,
            patience_bytes=PATIENCE_BYTES if has_patience else LITTLE_PATIENCE_BYTES,
        )

    def _proven_lines(self, lines: list[bytes]) -> list[bool]:
        proven = self._regularity.prove_each(lines)
        for index, each in enumerate(lines):
            if len(each) > self._field_bytes or self._header.is_line(each):
                proven[index] = False
        return proven

    def _walk_plain(
        self, window: Window, start: int, proven: list[bool], walk: Walk
    ) -> int:
        """Walk over the lines from ``start`` that ``proven`` tells of, each as it is.

        Return where the next record begins, which may be further.
        """
        resume = start
        for place, is_regular in enumerate(list(proven)):
            index = start + place
            if index < resume:
                proven[place] = False
            elif not is_regular:
                count = self._take(window, index, walk)
                if not count:
                    del proven[place:]
                    break
                resume = index + count
                if walk.end_if_full(resume):
                    del proven[place + 1 :]
                    break
        lines = window.lines[start : start + len(proven)]
        bare = self._regularity.bared(b"".join(itertools.compress(lines, proven)))
        walk.regular.append(bare)
        numbers = itertools.count(window.first_line + start)
        walk.regular_lines.extend(itertools.compress(numbers, proven))
        return max(resume, start + len(proven))

    def _walk_stretch(
        self, window: Window, start: int, end: int, walk: Walk
    ) -> tuple[int, bool]:
        """Walk over some records from ``start`` on.

        Return where the next one begins, and whether the pairs of marks broke there:
        they are right for as long as the records cut with care end where they say. From
        the first that does not the marks are paired anew.
        """
        found = self._unmarker.unmark(b"".join(window.lines[start:end]))
        if not found.lines:
            reached = start + self._take(window, start, walk)
            walk.end_if_full(reached)
            return reached, True
        begins = list(itertools.accumulate(found.spans, initial=start))
        proven = self._proven(found, window, begins)
        reached, is_broken = begins[-1], False
        for index in [i for i, is_regular in enumerate(proven) if not is_regular]:
            count = self._take(window, begins[index], walk)
            is_full = walk.end_if_full(begins[index] + count)
            if is_full or count != found.spans[index]:
                reached, is_broken = begins[index] + count, True
                del proven[index:]
                break
        walk.regular.append(b"".join(itertools.compress(found.lines, proven)))
        numbers = (window.first_line + begin for begin in begins)
        walk.regular_lines.extend(itertools.compress(numbers, proven))
        return reached, is_broken

    def _proven(
        self, found: Unmarked, window: Window, begins: Sequence[int]
    ) -> list[bool]:
        """Return which records need no care.

        Care is needed too for what only it may judge: records longer than a cell may
        be or than an open mark may always look, and the header where it stands again.
        """
        proven = self._regularity.prove_unmarked(found.text, found.lines)
        lengthy = min(self._field_bytes, LITTLE_PATIENCE_BYTES)
        if has_line_longer_than(found.text, lengthy):
            for index, line in enumerate(found.lines):
                limit = lengthy if found.spans[index] > 1 else self._field_bytes
                proven[index] &= len(line) <= limit
        if max(found.spans) > MOST_RECORD_LINES_IN_A_CELL:
            for index, span in enumerate(found.spans):
                proven[index] &= span <= MOST_RECORD_LINES_IN_A_CELL
        if self._header.may_be_in(found.text):
            for index, line in enumerate(found.lines):
                if self._header.may_be_in(line):
                    first = window.lines[begins[index]]
                    is_quoted = found.spans[index] > 1 or self._quote in first
                    proven[index] &= not (is_quoted or self._header.is_line(first))
        return proven

    def _take(self, window: Window, index: int, walk: Walk) -> int:
        """Take the record that begins at a line; return how many lines it is.

        That is none, and the walk ends there, if more lines are needed to know.
        """
        if not window.lines[index].strip(self._emptiness):
            walk.blank += 1
            return 1
        several = self._parted_by_returns(window, index)
        if several:
            records = [r for r in several if not self._header.is_record(r.fields)]
            walk.careful.extend(records)
            walk.headers += len(several) - len(records)
            return 1
        try:
            record = cut_record(window, index, self._dialect, width=self._width)
        except OpenQuoteError:
            walk.used_lines = index
            return 0
        self._waste_left -= record.wasted_bytes
        if not any(cell.strip() for cell in record.fields):
            walk.blank += 1
        elif self._header.is_record(record.fields):
            walk.headers += 1
        else:
            walk.careful.append(record)
        return record.lines

    def _parted_by_returns(self, window: Window, index: int) -> list[Record]:
        line = window.lines[index]
        if b"\r" not in line.rstrip(b"\r\n"):
            return []
        number = window.first_line + index
        return parted_by_returns(line, number, self._dialect, width=self._width)


def _worth_pairing(lines: int, breaks: int) -> int:
    """Return how many lines to pair at once where pairs broke so often in so many.

    What lies behind a break is paired for nothing, and each start costs something.
    """
    if breaks < FEWEST_BREAKS:
        return MOST_LINES
    return min(MOST_LINES, max(FEWEST_LINES, lines // (breaks * PARTS_OF_GAP)))


class _FlagsWhenAsked:
    """Which lines by themselves are regular records: few are ever asked about."""

    # As many as are usually asked about together.
    SOME = 64

    def __init__(self, lines: list[bytes], regularity: Regularity) -> None:
        self._lines = lines
        self._regularity = regularity
        self._known: dict[int, list[bool]] = {}

    def __getitem__(self, index: int, /) -> bool:
        number, place = divmod(index, self.SOME)
        if number not in self._known:
            some = self._lines[number * self.SOME : (number + 1) * self.SOME]
            self._known[number] = self._regularity.prove_each(some)
        return self._known[number][place]
