"""On which line of its file a staged row begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
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
        last = (0, self.line(2))
        for row, line in self._runs() if self._absent else self._runs_of_all():
            if row != last[0]:
                yield last
            last = (row, line)
        yield last

    def _runs_of_all(self) -> Iterator[tuple[int, int]]:
        """Return where counting starts anew when every record is a row: behind the tall ones."""
        for record, extra in zip(self._tall, self._extra[1:], strict=True):
            yield record - 1, self._header + record + extra

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Return the same when some are not: behind those as well."""
        tall = zip(self._tall, (True,) * len(self._tall), strict=True)
        gone = zip(self._absent, (False,) * len(self._absent), strict=True)
        taken, above = 0, 0
        for record, is_tall in merge(tall, gone):
            taken += not is_tall
            above += is_tall
            yield record - 1 - taken, self._header + record + self._extra[above]
