"""One pass over a text file: how many rows it has, on which line each begins, how its lines end.

This reads bytes, not cells: a line break ends a row when an even number of quotes stands before
it. It shares no code with the reader that stages the rows, so that a fault of either shows as a
difference of the two counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = 1 << 22
#: All bytes but quotes and line ends.
_OTHERS = bytes(set(range(256)) - {0x22, 0x0A, 0x0D})


@dataclass(slots=True)
class Survey:
    """What one pass over a text file found. Rows and lines are counted from its header on.

    `records` counts the header, rows, and blank lines; the header is record 1, on line `header`
    of the file. `tall` are records that take more than one line, with the number of extra lines;
    `blank` are records that are nothing but a line end.
    """

    header: int = 1
    records: int = 0
    ends_crlf: int = 0
    ends_lf: int = 0
    ends_cr: int = 0
    open_quote: bool = False
    tall: tuple[array[int], array[int]] = field(default_factory=lambda: (array("q"), array("q")))
    blank: array[int] = field(default_factory=lambda: array("q"))

    @property
    def rows(self) -> int:
        """Return how many rows there are below the header."""
        return max(self.records - len(self.blank) - 1, 0)

    @property
    def mixed_ends(self) -> bool:
        """Return whether the lines end in more than one way, or in the way of old Macs."""
        return self.ends_cr > 0 or (self.ends_crlf > 0 and self.ends_lf > 0)


def survey(path: Path, skip: int = 0) -> Survey:
    """Read a file once. The first `skip` lines stand above its header and are not counted."""
    found = Survey(header=skip + 1)
    counter = _Counter(found)
    with path.open("rb") as stream:
        for _ in range(skip):
            stream.readline()
        for block in _whole_lines(stream):
            counter.take(block)
    counter.end()
    return found


def _whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Return the file in blocks that end with a line feed, but for the last one."""
    rest = b""
    while block := stream.read(_AT_ONCE):
        cut = block.rfind(b"\n") + 1
        if not cut:
            rest += block
            continue
        yield rest + block[:cut]
        rest = block[cut:]
    if rest:
        yield rest


def _lines(block: bytes) -> list[bytes]:
    """Return the lines of a block, cut behind line feeds only."""
    lines = [line + b"\n" for line in block.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


class _Counter:
    """Counts records over blocks that end with a line feed."""

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._record = 1
        self._inside = False
        self._begun = False

    def take(self, block: bytes) -> None:
        if block.startswith((b"\n", b"\r\n")) or b"\n\n" in block or b"\n\r\n" in block:
            self._line_by_line(block)
        else:
            self._at_once(block)
        self._begun = not block.endswith(b"\n") or self._inside

    def end(self) -> None:
        self._found.records = self._record - 1 + self._begun
        self._found.open_quote = self._inside

    def _at_once(self, block: bytes) -> None:
        """Count without looking at single lines: only what stands between quotes counts apart.

        A record with several tall cells is noted once for each of them.
        """
        parts = block.translate(None, _OTHERS).replace(b'""', b"").split(b'"')
        outside, inside = parts[self._inside :: 2], parts[1 - self._inside :: 2]
        self._line_ends(b"".join(outside))
        ends = accumulate((part.count(b"\n") for part in outside), initial=self._record)
        at = list(ends)
        feeds = [part.count(b"\n") for part in inside]
        records, extra = self._found.tall
        behind = at[0 if self._inside else 1 :]
        records.extend([r for r, n in zip(behind, feeds, strict=False) if n])
        extra.extend([n for n in feeds if n])
        self._record = at[-1]
        self._inside ^= len(parts) % 2 == 0

    def _line_by_line(self, block: bytes) -> None:
        for line in _lines(block):
            if line.count(b'"') % 2:
                self._inside = not self._inside
            if self._inside:
                self._grow(1)
                continue
            if not line.rstrip(b"\r\n") and not self._is_tall():
                self._found.blank.append(self._record)
            self._line_ends(line)
            self._record += line.endswith(b"\n")

    def _line_ends(self, outside: bytes) -> None:
        """Count the line ends that end records."""
        feeds, pairs = outside.count(b"\n"), outside.count(b"\r\n")
        self._found.ends_crlf += pairs
        self._found.ends_lf += feeds - pairs
        self._found.ends_cr += outside.count(b"\r") - pairs

    def _grow(self, lines: int) -> None:
        """Note that the present record takes more lines."""
        if not lines:
            return
        records, extra = self._found.tall
        if records and records[-1] == self._record:
            extra[-1] += lines
        else:
            records.append(self._record)
            extra.append(lines)

    def _is_tall(self) -> bool:
        """Return whether the present record began on an earlier line."""
        records, _ = self._found.tall
        return bool(records) and records[-1] == self._record
