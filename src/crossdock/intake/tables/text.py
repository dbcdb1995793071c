"""A text file becomes a table: read where it lies, or from a copy that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossdock.connectors.base import Source
from crossdock.intake.tables import charset, dialect
from crossdock.intake.tables.charset import Bytes
from crossdock.intake.tables.table import Table

#: Encodings that are read without a copy.
_AS_IT_LIES = {"utf-8", "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text file: its bytes, the encoding it is read in, and a table if it is one."""

    encoding: str
    guessed: bool
    table: Table | None


def read(path: Path, name: str, said: Bytes, answer: str, work: Path, source: Source) -> Text:
    """Return what a text file is. `answer` is the code page that a person named, or empty.

    Raises ExportUnreadableError for bytes that are no text in the encoding they claim to be in.
    """
    encoding = said.encoding or answer or charset.LIKELIEST
    readable = path
    if encoding not in _AS_IT_LIES:
        readable = work / f"{said.sha256[:16]}.{encoding}.csv"
        if not readable.exists():
            charset.rewrite(path, encoding, readable)
    found = dialect.find(readable, name, source.recognise)
    table = None
    if found is not None:
        table = Table(name, path, readable, found.what, found.delimiter, found.skip)
    return Text(encoding, said.encoding is None, table)


def without_mixed_ends(table: Table, work: Path) -> Path:
    """Return a copy of a table's file whose lines all end in LF."""
    copy = work / f"{table.path.stem}.lf.csv"
    charset.rewrite(table.path, "utf-8-sig", copy)
    return copy
