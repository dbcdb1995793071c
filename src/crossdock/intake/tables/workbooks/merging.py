"""A cell that was merged downwards holds for every row it covers."""

from __future__ import annotations

from collections.abc import Iterable

Range = tuple[tuple[int, int], tuple[int, int]]


class Merged:
    """The merged ranges of a sheet, while its rows go by in order. Rows and columns count from 0.

    A range that goes to the right has its value in its first column only. Rows that have nothing
    of their own stay so: a title across three rows makes no records.
    """

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.filled = 0
        self._first: dict[int, list[Range]] = {}
        self._open: dict[int, tuple[int, str]] = {}
        for found in ranges:
            (row, _), (last, _) = found
            if last > row:
                self._first.setdefault(row, []).append(found)

    def fill(self, row: int, cells: list[str]) -> None:
        """Fill the cells of a row that has values of its own, from the ranges above it."""
        for column, (last, value) in list(self._open.items()):
            if row > last:
                del self._open[column]
            elif not cells[column]:
                cells[column] = value
                self.filled += 1
        for (_, column), (last, _) in self._first.get(row, ()):
            if column < len(cells) and cells[column]:
                self._open[column] = (last, cells[column])
