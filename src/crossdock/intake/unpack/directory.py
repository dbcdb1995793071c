"""How large an archive's own list of its files is, before it is read."""

from __future__ import annotations

import struct
from pathlib import Path

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
#: The end record is 22 bytes, and a comment of up to 65,535 may follow it.
_TAIL = 22 + 65_535 + 76
_IN_64 = 0xFFFFFFFF


def directory_bytes(archive: Path) -> int:
    """Return the size that an archive states for its list of files, 0 when it states none.

    zipfile reads that list at once: an archive of gigabytes may consist of nothing else.
    """
    with archive.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - _TAIL, 0))
        tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        return 0
    (stated,) = struct.unpack_from("<L", tail, end + 12)
    larger = tail.rfind(_END_64, 0, end)
    if stated == _IN_64 and larger >= 0 and len(tail) >= larger + 48:
        (stated,) = struct.unpack_from("<Q", tail, larger + 40)
    return int(min(stated, size))
