"""Which delimiter a text file has and where its header stands: the reading that makes sense."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from crossdock.connectors.base import Recognised, Sample, Source
from crossdock.intake.tables.table import LINE

DELIMITERS = (",", ";", "\t", "|")
#: How much of a file is looked at: enough rows for the values to speak.
HEAD_BYTES = 1 << 18
HEAD_ROWS = 200
NO_HEADER = "no row of it looks like the header of a list"
#: A header is looked for behind so many lines of titles.
TITLE_LINES = 25

Recognise = Callable[[Sample], Recognised | None]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is to be read: `skip` lines stand above the header."""

    delimiter: str
    skip: int
    what: Recognised


def find(path: Path, name: str, recognise: Recognise) -> Dialect | None:
    """Return how a UTF-8 file is read and what it then is, or None when it is nothing known.

    Each delimiter that occurs is tried; the one under which the source recognises most wins. A
    title above the header may hold a stray quote that hides it: then reading begins behind it.
    """
    text = _head(path)
    best = _best(text, name, recognise, 0)
    skipped = 0
    while best is None and skipped < TITLE_LINES and "\n" in text:
        skipped += 1
        text = text.partition("\n")[2]
        best = _best(text, name, recognise, skipped)
    return best


def why_not(path: Path, source: Source) -> str:
    """Return in words why a UTF-8 file is nothing known."""
    text = _head(path).lstrip()
    if not text:
        return "empty"
    first = next(_read(text, max(DELIMITERS, key=text.partition("\n")[0].count)), ([], 0))[0]
    values = [cell for cell in map(str.strip, first) if source.record_folder(cell) or "@" in cell]
    if values:
        return f"it has no header: its first line holds values ({', '.join(values[:3])})"
    return NO_HEADER


@dataclass(frozen=True, slots=True)
class PlainSample:
    """The first rows of a plain table, and the lines or sheet rows that they came from."""

    sample: Sample
    lines: list[int]


def sample(path: Path, name: str, has_header: bool) -> PlainSample:
    """Return the first rows of a plain table, its own header among them when it has one."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [LINE])
        rows = [row for row, _ in zip(reader, range(HEAD_ROWS), strict=False)]
    lines = [int(row[0]) for row in rows]
    cells = [row[1:] for row in rows]
    if has_header:
        return PlainSample(Sample(name, [header[1:], *cells]), [0, *lines])
    return PlainSample(Sample(name, cells), lines)


def _head(path: Path) -> str:
    with path.open("rb") as stream:
        block = stream.read(HEAD_BYTES)
        if len(block) == HEAD_BYTES:
            block = block[: block.rfind(b"\n") + 1] or block
    return block.decode("utf-8-sig", "replace")


def _best(text: str, name: str, recognise: Recognise, skipped: int) -> Dialect | None:
    found: Dialect | None = None
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        rows, lines = _rows(text, delimiter)
        what = recognise(Sample(name, rows))
        if what and (found is None or what.likeness > found.what.likeness):
            above = lines[what.header] if what.header >= 0 else 0
            found = Dialect(delimiter, skipped + above, replace(what, header=0))
    return found


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows that have a cell, and how many lines stand above each."""
    rows: list[list[str]] = []
    lines: list[int] = []
    above = 0
    for row, line in _read(text, delimiter):
        if row:
            rows.append(row)
            lines.append(above)
        above = line
        if len(rows) == HEAD_ROWS:
            break
    return rows, lines


def _read(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield row, reader.line_num
    except csv.Error:
        return
