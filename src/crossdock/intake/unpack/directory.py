"""What the end of an archive states about its list of files, and whether that can be."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

_FIRST = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
#: The end record is 22 bytes, and a comment of up to 65,535 may follow it.
_TAIL = 22 + 65_535 + 76
_IN_64 = 0xFFFFFFFF
#: Without 64 bits the number of members is written in 16, and some programs let it run over.
_COUNT = 1 << 16


@dataclass(frozen=True, slots=True)
class Directory:
    """What an archive states: the bytes of its list of files, and how many these are."""

    size: int
    members: int

    def check(self, archive: Path, zipped: zipfile.ZipFile) -> None:
        """Compare with what was read. Raises zipfile.BadZipFile.

        zipfile takes the last list that it finds. In an archive that was cut that is the list of
        an archive inside it, and all other files would be lost without a word.
        """
        found = zipped.infolist()
        if (len(found) - self.members) % _COUNT:
            raise zipfile.BadZipFile(f"it states {self.members} files and lists {len(found)}")
        begin = min((m.header_offset for m in found), default=zipped.start_dir)
        if begin:
            with archive.open("rb") as stream:
                if stream.read(len(_FIRST)) == _FIRST:
                    raise zipfile.BadZipFile("its list of files does not begin with the first one")


def stated(archive: Path) -> Directory:
    """Read what an archive states about its list of files.

    zipfile reads that list at once: an archive of gigabytes may consist of nothing else.
    """
    with archive.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - _TAIL, 0))
        tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile("it has no list of files")
    members, length = struct.unpack_from("<HL", tail, end + 10)
    larger = tail.rfind(_END_64, 0, end)
    if _IN_64 in (length, members | 0xFFFF0000) and larger >= 0 and len(tail) >= larger + 48:
        members, length = struct.unpack_from("<QQ", tail, larger + 32)
    return Directory(min(length, size), members)
