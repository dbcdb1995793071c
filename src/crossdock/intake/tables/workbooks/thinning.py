"""What is ordinary in a part of a workbook is cut out of its XML; the rest is read with care.

Most cells of a sheet are alike, and a regular expression passes over a row of them in the time
that a parser needs for one cell. Whatever it does not know goes on to the parser, so nothing is
decided here that a parser would decide otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain

from crossdock.intake.tables.workbooks.container import CHUNK

#: Passes over what is ordinary in a block from a place on, and yields what is left of that.
#: Returns the place of what it does not know.
Step = Callable[[bytes, int], Generator[bytes, None, int]]

#: In UTF-8, and no element has a prefix.
_FIRST = (
    rb"(?:\xef\xbb\xbf)?"
    rb"(?:<\?xml(?![^<>]*encoding\s*=\s*[\"'](?!(?i:utf-8)[\"']))[^<>]*\?>\s*)?"
    rb"<%b(?:\s[^<>]*)?>"
)
#: Comments, CDATA and instructions may hold what looks ordinary; names may mean something else.
_MARKUP = re.compile(rb"<[!?]|xmlns")
#: Characters that XML does not allow.
_NONE = re.compile(rb"\xef\xbf[\xbe\xbf]")
#: The blanks that XML has.
BLANKS = b" \t\r\n"
#: More than a row of a table takes.
_LONGEST = 4 * CHUNK


@dataclass(frozen=True, slots=True)
class Form:
    """What a part is made of: its root, the tag before its items, and the end of each item."""

    root: bytes
    before: bytes
    end: bytes


def thinned(
    pieces: Generator[bytes, None, None], form: Form, step: Step
) -> Generator[bytes, None, None]:
    """Yield what has to be read of a part. What is yielded has been read when it goes on."""
    # Left open by an error, a part would keep its archive open.
    with closing(pieces):
        blocks = _blocks(pieces, form.end)
        left = next(blocks, b"")
        if at := _start(left, form):
            yield left[:at]
            left = yield from _known(left[at:], form.end, step)
            while not left and (block := next(blocks, b"")):
                left = yield from _known(block, form.end, step)
        yield from _uncut(chain([left], blocks))


def _blocks(pieces: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    """Yield a part in blocks that end behind an item, as long as there are items in them."""
    left = b""
    for piece in pieces:
        block, found, left = (left + piece).rpartition(end)
        if found:
            yield block + end
        elif len(left) > _LONGEST:
            yield left
            left = b""
    yield left


def _start(block: bytes, form: Form) -> int:
    """Return where the items begin, or 0 where that is not certain."""
    root = re.match(_FIRST % form.root, block)
    at = block.find(form.before, root.end()) if root else -1
    if root is None or at < 0 or _MARKUP.search(block, root.end(), at):
        return 0
    return at + len(form.before)


def _known(block: bytes, end: bytes, step: Step) -> Generator[bytes, None, bytes]:
    """Yield what is left of a block, up to where it holds what may mean something else.

    Returns what lies behind that place: from there on all is for the parser. Blanks between items
    are left out, as they would be told of as the end of the item before.
    """
    if not block.endswith(end) or not _is_text(block):
        return block.lstrip(BLANKS)
    at = 0
    while at < len(block):
        place = yield from step(block, at)
        if place == at:
            place = block.index(end, at) + len(end)
            if _MARKUP.search(block, at, place):
                return block[at:].lstrip(BLANKS)
            yield block[at:place].lstrip(BLANKS)
        at = place
    return b""


def _uncut(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield pieces that end before a tag: a number that is cut would be told of as two."""
    left = b""
    for piece in pieces:
        before, tag, after = (left + piece).rpartition(b"<")
        left = tag + after
        if before or len(left) > _LONGEST:
            yield before or left
            left = left if before else b""
    yield left


def _is_text(block: bytes) -> bool:
    if block.isascii():
        return True
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return not _NONE.search(block)
