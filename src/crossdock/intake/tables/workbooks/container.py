"""The archive that a workbook is: its parts, and how much they may take."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

from crossdock.errors import ExportUnreadableError
from crossdock.intake.unpack.content import DAMAGE, content
from crossdock.intake.unpack.directory import stated
from crossdock.intake.unpack.limits import GB, Budget, Limits, too_large
from crossdock.intake.unpack.notes import printable
from crossdock.intake.unpack.trouble import told

#: A workbook is XML, which packs to a tenth at most to a thirtieth of its size.
LIMITS = Limits(ratio=100, unsuspected=GB // 4)
SAVE_AGAIN = "open it in Excel, save it as .xlsx, put it in its place, then: crossdock inspect DIR"
_ENCRYPTED = 0x1
#: How much of a part is given at once, as bytes.
CHUNK = 1 << 18


class DamageError(ValueError):
    """A part of a workbook is not what it has to be."""


@dataclass(slots=True)
class Container:
    """An opened workbook. Parts are found by their names in any case, as Excel finds them."""

    zipped: zipfile.ZipFile
    _members: dict[str, zipfile.ZipInfo]
    _left: set[str]

    def has(self, part: str) -> bool:
        """Return whether the workbook has a part."""
        return _key(part) in self._members

    def read(self, part: str) -> Generator[bytes, None, None]:
        """Yield what a part holds, and count it. Raises DamageError, or one of `DAMAGE`."""
        member = self._members.get(_key(part))
        if member is None:
            raise DamageError(f"it has no part {part}")
        yield from content(self.zipped, member, CHUNK)
        self._left.discard(_key(part))

    def measure_the_rest(self) -> None:
        """Read the parts that were not read yet: others than we read them too, and trust sizes."""
        for part in sorted(self._left):
            for _ in self.read(part):
                pass


@contextmanager
def opened(path: Path, name: str, folder: Path) -> Iterator[Container]:
    """Open a workbook whose tables will be written to a folder.

    Raises ExportUnreadableError and ExportTooLargeError, for all that is done inside too.
    """
    with told(name):
        try:
            directory = stated(path)
            if directory.size > LIMITS.directory:
                raise too_large(f"{name} lists more parts than can be read.")
            with zipfile.ZipFile(path) as zipped:
                directory.check(path, zipped)
                yield _checked(zipped, path, name, folder)
        except (*DAMAGE, ExpatError, LookupError) as error:
            raise unreadable(name, error) from error


def unreadable(name: str, error: BaseException) -> ExportUnreadableError:
    """Return the error that names a workbook, and why it cannot be read."""
    why = printable(str(error)).rstrip(".") or type(error).__name__
    return ExportUnreadableError(
        f"{name} cannot be read as a workbook: {why}.", next_command=SAVE_AGAIN
    )


def _checked(zipped: zipfile.ZipFile, path: Path, name: str, folder: Path) -> Container:
    members = [m for m in zipped.infolist() if not m.filename.endswith("/")]
    budget = Budget(LIMITS, folder)
    budget.packed(path.stat().st_size)
    budget.foresee(name, len(members), sum(m.file_size for m in members))
    by_name: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise DamageError("it is locked with a password")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamageError(f"{member.filename} is packed in a way that Excel does not know")
        if by_name.setdefault(_key(member.filename), member) is not member:
            raise DamageError(f"{member.filename} is in it twice")
    return Container(zipped, by_name, {k for k in by_name if k.endswith((".xml", ".rels"))})


def _key(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").casefold()
