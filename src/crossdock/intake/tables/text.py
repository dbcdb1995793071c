"""A text file becomes a table: read where it lies, or from a copy that can be read."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from crossdock.connectors.base import Source
from crossdock.intake.tables import charset, dialect
from crossdock.intake.tables.charset import Bytes
from crossdock.intake.tables.table import Table

#: Encodings that are read without a copy.
_AS_IT_LIES = {"utf-8", "utf-8-sig"}
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Text:
    """A text file: the encoding it is read in, and a table if it is one, else why not.

    `guessed` is whether nothing says that it is this encoding; `broken` is how many of its letters
    are none of it.
    """

    encoding: str
    guessed: bool
    broken: int
    table: Table | None
    why_not: str = ""


def read(
    path: Path, name: str, said: Bytes, page: str, only: str, work: Path, source: Source
) -> Text:
    """Return what a text file is.

    `page` is the code page and `only` the object that a person named, or empty.
    """
    encoding = said.encoding or page or charset.LIKELIEST
    readable = path
    returns = _has_returns_only(path)
    if encoding not in _AS_IT_LIES or said.broken or returns:
        readable = work / f"{said.sha256[:16]}.{encoding}.csv"
        if not readable.exists():
            charset.rewrite(path, encoding, readable, newline=None if returns else "")
    found = dialect.find(readable, name, lambda sample: source.recognise(sample, only))
    guessed = said.encoding is None
    if found is None:
        return Text(encoding, guessed, said.broken, None, dialect.why_not(readable, source))
    readable = _without_quotes_in_titles(readable, found.skip, work, said.sha256)
    table = Table(name, path, readable, found.what, found.delimiter, found.skip)
    return Text(encoding, guessed, said.broken, table)


def _has_returns_only(path: Path) -> bool:
    """Return whether lines end as on an old Mac: the reader counts the lines of titles by LF."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return b"\r" in head and b"\n" not in head


def _without_quotes_in_titles(path: Path, titles: int, work: Path, sha256: str) -> Path:
    """Return the file, or a copy when a quote in its titles would hide the lines below."""
    with path.open("rb") as stream:
        lines = [stream.readline() for _ in range(titles)]
        if not any(b'"' in line for line in lines):
            return path
        copy = work / f"{sha256[:16]}.titles.csv"
        partial = copy.with_suffix(".partial")
        partial.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as sink:
            sink.writelines(line.replace(b'"', b" ") for line in lines)
            shutil.copyfileobj(stream, sink)
    partial.replace(copy)
    return copy


def without_mixed_ends(table: Table, work: Path) -> Path:
    """Return a copy of a table's file whose lines all end in LF."""
    copy = work / f"{table.path.stem}.lf.csv"
    charset.rewrite(table.path, "utf-8-sig", copy, newline=None)
    return copy
