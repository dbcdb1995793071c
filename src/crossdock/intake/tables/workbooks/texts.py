"""Which texts of a workbook are blank: they are no values."""

from __future__ import annotations

import re
from collections.abc import Generator

from crossdock.intake.tables.workbooks import markup, thinning
from crossdock.intake.tables.workbooks.container import Container
from crossdock.intake.tables.workbooks.grammar import SEEN, T

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORM = thinning.Form(b"sst", b"", b"</si>")
_ORDINARY = re.compile(rb"(?:<si>" + T % SEEN + rb"</si>)++")


def is_blank(text: str) -> bool:
    """Return whether a text has no character that can be seen; `_x000D_` stands for one."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return not text or text.isspace()


def blank(book: Container, part: str) -> frozenset[str]:
    """Return the numbers of a workbook's shared texts without a character that can be seen.

    Raises DamageError, ExpatError.
    """
    if not book.has(part):
        return frozenset()
    reader = Reader()
    reader.read(thinning.thinned(book.read(part), _FORM, reader.step))
    return frozenset(reader.blank)


class Reader:
    """Reads shared texts, and gives the numbers of the blank ones, from 0."""

    def __init__(self) -> None:
        self.blank: set[str] = set()
        self._at = -1
        self._inside = self._spoken = False
        self._seen = True

    def read(self, pieces: Generator[bytes, None, None]) -> None:
        """Read a part to its end. Raises DamageError, ExpatError."""
        for _ in markup.parse(pieces, markup.parser(self._start, self._text)):
            pass
        self._begin(1)

    def step(self, block: bytes, at: int) -> Generator[bytes, None, int]:
        """Pass over texts that can be seen; nothing of them is left."""
        yield from ()
        found = _ORDINARY.match(block, at)
        if found is None:
            return at
        self._begin(block.count(b"<si>", at, found.end()))
        self._seen = True
        return found.end()

    def _begin(self, items: int) -> None:
        if not self._seen:
            self.blank.add(str(self._at))
        self._at += items

    def _start(self, name: str, _: dict[str, str]) -> None:
        name = markup.local(name)
        if name == "si":
            self._begin(1)
            self._spoken = self._seen = False
        elif name == "rPh":  # How a text is pronounced; one more text follows.
            self._spoken = True
        self._inside = name == "t" and not self._spoken

    def _text(self, data: str) -> None:
        self._seen = self._seen or (self._inside and not is_blank(data))
