"""What a file may be called, and which files are no part of an export."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

#: What file systems take of one name, in bytes of UTF-8.
NAME_BYTES = 255

# Windows would write `a:b` into a hidden stream of `a`; elsewhere such names are kept, because
# lists of media name their files by them.
_UNWRITABLE = re.compile(
    r'[\x00-\x1f\x7f<>:"|?*]|[. ]+$' if os.name == "nt" else r"[\x00-\x1f\x7f]"
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_DRIVE = re.compile(r"^(/*[A-Za-z]:)+")
_SYSTEM = {"thumbs.db", "desktop.ini"}

Parts = tuple[str, ...]


def of_member(name: str) -> tuple[Parts, bool]:
    """Return where a member of an archive belongs, and whether its name had to be changed.

    A member never leaves its archive's folder: `..`, drives and a leading slash are dropped.
    Backslashes part folders, as archives from Windows have them; that and `./` are no change.
    """
    path = name.replace("\\", "/")
    pieces = [p for p in path.split("/") if p not in ("", ".")]
    inside = _DRIVE.sub("", path, count=1).split("/")
    parts = tuple(safe(p) for p in inside if p not in ("", ".", "..")) or ("unnamed",)
    return parts, list(parts) != pieces or path.startswith("/")


def safe(piece: str) -> str:
    """Return one part of a path so that any file system and any store takes it."""
    try:
        piece.encode("utf-8")
    except UnicodeEncodeError:
        # On disk the name is bytes that are no UTF-8: most likely a name from an old Windows.
        piece = os.fsencode(piece).decode("cp1252", "replace")
    piece = _UNWRITABLE.sub("_", piece)
    if _RESERVED.match(piece):
        piece = f"_{piece}"
    return fitted(piece, "") if len(piece) > NAME_BYTES // 4 else piece


def fitted(name: str, mark: str) -> str:
    """Return a name with a mark before its ending, cut to what file systems take."""
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) < 20 else ""
    room = NAME_BYTES - len((mark + ending).encode("utf-8"))
    stem = name.removesuffix(ending).encode("utf-8")[:room]
    return stem.decode("utf-8", "ignore") + mark + ending


def spellings(name: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """Return the name, and names to fall back on where it is taken: `a (2).csv`, `a (3).csv`."""
    number = first
    while True:
        yield number, name if number == 1 else fitted(name, f" ({number})")
        number += 1


def decoded(name: str, is_utf8: bool) -> str:
    """Return a member's name as it was meant.

    Without the flag for UTF-8 a name counts as code page 437, but many programs write UTF-8 all
    the same. Text of the one is hardly ever valid in the other.
    """
    if is_utf8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def is_system_file(parts: Sequence[str]) -> bool:
    """Return whether a file is hidden, or put there by an operating system."""
    return parts[-1].startswith(".") or parts[-1].casefold() in _SYSTEM or "__MACOSX" in parts[:-1]


def is_archive(parts: Sequence[str]) -> bool:
    """Return whether a file is an archive to be unpacked.

    Below `files/` it is an attachment of a record, and moves as it is.
    """
    return parts[-1].lower().endswith(".zip") and "files" not in parts[:-1]
