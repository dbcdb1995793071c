"""What a member of an archive holds, in pieces, and no more than it says."""

from __future__ import annotations

import copy
import struct
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError

_CHUNK = 1 << 20
#: bzip2 and LZMA make of what they are given all that it holds: they are given little.
_SIP = 1 << 12
#: zipfile raises these for bytes that make no sense, besides those that say so.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
)


def content(
    zipped: zipfile.ZipFile, member: zipfile.ZipInfo, chunk: int = _CHUNK
) -> Iterator[bytes]:
    """Yield what a member holds, and count: zipfile would stop at the size that it states.

    Raises one of `DAMAGE`.
    """
    asked = copy.copy(member)
    asked.file_size += 1
    plain = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    seen = 0
    with zipped.open(asked) as source:
        while piece := source.read(chunk if plain else _SIP):
            seen += len(piece)
            if seen > member.file_size:
                raise zipfile.BadZipFile(f"{member.filename} holds more than it says")
            yield piece
    if seen < member.file_size:
        raise zipfile.BadZipFile(f"{member.filename} holds less than it says")
