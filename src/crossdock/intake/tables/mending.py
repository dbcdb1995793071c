"""A copy of a text file without the lines that spoil others, and with short rows filled up.

Every line keeps its number: a line that is taken out leaves an empty one, which is no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = 1 << 22
_ENDS = b"\r\n"


def without_lines(path: Path, target: Path, places: Sequence[int]) -> list[int]:
    """Write a copy without the lines that begin at these bytes; returns their numbers, from 1."""
    numbers: list[int] = []
    above = 0
    with path.open("rb") as source, target.open("wb") as sink:
        for place in sorted(places):
            above += _copy(source, sink, place - source.tell())
            line, skipped = _line(source, sink)
            above += skipped
            numbers.append(above + 1)
            sink.write(line[len(line.rstrip(_ENDS)) :])
            above += 1
        _copy(source, sink)
    return numbers


def filled_up(path: Path, target: Path, missing: Mapping[int, int], delimiter: str) -> None:
    """Write a copy with so many more cells, all empty, in the lines that begin at these bytes."""
    with path.open("rb") as source, target.open("wb") as sink:
        for place, cells in sorted(missing.items()):
            _copy(source, sink, place - source.tell())
            line, _ = _line(source, sink)
            bare = line.rstrip(_ENDS)
            sink.write(bare + delimiter.encode() * cells + line[len(bare) :])
        _copy(source, sink)


def _line(source: BinaryIO, sink: BinaryIO) -> tuple[bytes, int]:
    """Return the next line that is not empty, and how many empty ones were copied before it."""
    skipped = 0
    while (line := source.readline()) and not line.strip(_ENDS):
        sink.write(line)
        skipped += 1
    return line, skipped


def _copy(source: BinaryIO, sink: BinaryIO, size: int = -1) -> int:
    """Copy so many bytes, or all that are left; returns how many lines ended in them."""
    ended = 0
    while size and (block := source.read(_AT_ONCE if size < 0 else min(size, _AT_ONCE))):
        sink.write(block)
        ended += block.count(b"\n")
        size -= len(block) if size > 0 else 0
    return ended
