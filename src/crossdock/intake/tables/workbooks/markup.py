"""XML of a workbook, read in pieces, with nothing in it that grows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from xml.parsers import expat

from crossdock.intake.tables.workbooks.container import DamageError

Start = Callable[[str, dict[str, str]], None]
#: Stands between the namespace of an element and its name.
BETWEEN = "}"


def parser(start: Start, text: Callable[[str], None] | None = None) -> expat.XMLParserType:
    """Return a parser that tells of elements as they begin, and of text.

    There is no call when an element ends: text is that of the element that began last, and may
    have the blanks after it at its end.
    """
    made = expat.ParserCreate(namespace_separator=BETWEEN)
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    made.StartElementHandler = start
    made.CharacterDataHandler = text
    return made


def parse(pieces: Generator[bytes, None, None], reader: expat.XMLParserType) -> Iterator[None]:
    """Feed a parser, and pause after each piece. Raises ExpatError, DamageError."""
    # Left open by an error, a part would keep its archive open.
    with closing(pieces):
        for piece in pieces:
            reader.Parse(piece, False)
            yield
    reader.Parse(b"", True)
    yield


def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition(BETWEEN)[2]


def _refuse(*_: object) -> None:
    # What is declared there can make a small file large, and no workbook has it.
    raise DamageError("its XML declares a document type")
