"""The rows of a sheet: what is ordinary in them is counted without a parser."""

from __future__ import annotations

import re
from collections.abc import Generator

from crossdock.intake.tables.workbooks import thinning
from crossdock.intake.tables.workbooks.elements import Reader
from crossdock.intake.tables.workbooks.grammar import Grammar, grammar
from crossdock.intake.tables.workbooks.outline import Outline

_FORM = thinning.Form(b"worksheet", b"<sheetData>", b"</row>")
_VALUE = b"</c>"
#: Ways to begin a row that are remembered, and how often a sheet may turn out to be wider.
_MOST_WAYS, _MOST_WIDTHS = 10_000, 50


def thinned(
    pieces: Generator[bytes, None, None], reader: Reader, outline: Outline
) -> Generator[bytes, None, None]:
    """Yield what a reader has to read of a sheet; of what was cut out it is told in between.

    Raises DamageError.
    """
    return thinning.thinned(pieces, _FORM, _Rows(reader, outline).step)


class _Rows:
    """Passes over the rows of one sheet.

    A parser reads a cell with an odd value, one to the right of all before, and every way to
    begin a row that it was not given yet.
    """

    def __init__(self, reader: Reader, outline: Outline) -> None:
        self._reader = reader
        self._outline = outline
        #: Attributes of rows that the parser has accepted.
        self._ways: set[bytes] = set()
        self._width = self._widths = 0
        self._grammar = self._made()

    def step(self, block: bytes, at: int) -> Generator[bytes, None, int]:
        """Pass over rows of cells in a regular form."""
        while row := self._grammar.row.match(block, at):
            end = row.end()
            if not row[3] and row[2] in self._ways:
                self._reader.begin_row(int(row[1]))
                self._reader.add(block.count(_VALUE, at, end))
            else:
                yield from self._left(row)
            at = end
        return at

    def _left(self, row: re.Match[bytes]) -> Generator[bytes, None, None]:
        """Yield what is left of a row whose cells have a regular form."""
        whole, way = row[0].lstrip(thinning.BLANKS), row[2]
        if way in self._ways:
            left = self._grammar.cell.sub(b"", whole)
            yield left
            self._reader.add(whole.count(_VALUE) - left.count(_VALUE))
        else:
            yield whole
            if len(self._ways) < _MOST_WAYS and b"xmlns" not in way:
                self._ways.add(way)
        if self._reader.count.width != self._width and self._widths < _MOST_WIDTHS:
            self._width = self._reader.count.width
            self._widths += 1
            self._grammar = self._made()

    def _made(self) -> Grammar:
        return grammar(self._width, self._outline.shown, self._outline.blank)
