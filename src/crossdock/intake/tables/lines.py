"""On which line of its file a staged row begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from crossdock.intake.tables.survey import Survey


class Lines:
    """Knows the line of each record, and which record a staged row is.

    Records count from 1, the header; blank lines are records too. `absent` are records that are
    not staged: what the reader refused and what was set aside.
    """

    def __init__(self, survey: Survey, absent: Iterable[int] = ()) -> None:
        self._header = survey.header
        self._tall = survey.tall[0]
        self._extra = [0, *accumulate(survey.tall[1])]
        self._absent = sorted({*survey.blank, *absent})

    def line(self, record: int) -> int:
        """Return the line on which a record begins."""
        return self._header + record - 1 + self._extra[bisect_left(self._tall, record)]

    def record(self, row: int) -> int:
        """Return the record that is the staged row with this place, from 0."""
        low, high = 0, len(self._absent)
        while low < high:
            middle = (low + high) // 2
            if self._absent[middle] - 2 - middle <= row:
                low = middle + 1
            else:
                high = middle
        return row + 2 + low

    def runs(self) -> Iterator[tuple[int, int]]:
        """Return (row, line) for each row from which on rows follow line by line."""
        gone = 0
        last: tuple[int, int] | None = None
        for record in self._breaks():
            while gone < len(self._absent) and self._absent[gone] < record:
                gone += 1
            row = record - 2 - gone
            run = (row, self.line(record))
            if last is not None and last[0] != row:
                yield last
            last = run
        if last is not None:
            yield last

    def _breaks(self) -> Iterator[int]:
        """Return the records behind which counting starts anew, in order, and the first row."""
        yield 2
        tall, absent = iter(self._tall), iter(self._absent)
        one, other = next(tall, None), next(absent, None)
        while one is not None or other is not None:
            if other is None or (one is not None and one <= other):
                assert one is not None
                yield one + 1
                one = next(tall, None)
            else:
                yield other + 1
                other = next(absent, None)
