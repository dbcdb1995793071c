"""Zips, and zips inside them, written out in streams."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from crossdock.errors import ExportUnreadableError
from crossdock.intake.unpack import names, notes
from crossdock.intake.unpack.content import DAMAGE, content
from crossdock.intake.unpack.directory import stated
from crossdock.intake.unpack.limits import Budget, too_large
from crossdock.intake.unpack.names import Parts
from crossdock.intake.unpack.notes import Notes
from crossdock.intake.unpack.target import Target
from crossdock.intake.unpack.trouble import told, unreadable

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
#: Windows packs files of more than 2 GB with Deflate64.
_OTHER_METHODS = {9: "Deflate64", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_ENCRYPTED = 0x1
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive to be unpacked: where it is, whence it came, where its files go, how deep."""

    path: Path
    origin: str
    into: Parts = ()
    depth: int = 1


@dataclass(slots=True)
class Archives:
    """Unpacks archives into a target, within a budget, and notes what it left out."""

    target: Target
    budget: Budget
    notes: Notes
    _inner: list[Archive] = field(default_factory=list)

    def unpack(self, archive: Archive) -> int:
        """Unpack an archive and all that lie in it; returns how many members it has itself.

        Raises ExportUnreadableError, ExportTooLargeError.
        """
        count = self._one(archive)
        while self._inner:
            inner = self._inner.pop()
            held = self._one(inner)
            self.notes.add(notes.ARCHIVE, f"{inner.origin}: {held:,} files")
            inner.path.unlink()
        return count

    def _one(self, archive: Archive) -> int:
        self.budget.archive(archive.origin, archive.depth)
        with _damage_told(archive.origin):
            directory = stated(archive.path)
            if directory.size > self.budget.limits.directory:
                raise too_large(f"{archive.origin} lists more files than can be read.")
            with zipfile.ZipFile(archive.path) as zipped:
                directory.check(archive.path, zipped)
                members = [m for m in zipped.infolist() if not _is_folder(m)]
                _check(members, archive.origin)
                size = sum(m.file_size for m in members)
                self.budget.foresee(archive.origin, len(members), size)
                archive = replace(archive, into=_into(archive, members))
                for member in members:
                    self._member(archive, zipped, member)
        return len(members)

    def _member(self, archive: Archive, zipped: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        name = _name(member)
        inside, changed = names.of_member(name)
        origin = f"{archive.origin}/{name}"
        if names.is_system_file(inside):
            self.notes.add(notes.SYSTEM, origin)
        elif _is_link(member):
            self.notes.add(notes.LINK, origin)
        else:
            wanted = archive.into + inside
            path, stream = self.target.create(wanted)
            with stream:
                _copy(zipped, member, stream)
            place = self.target.place(path)
            if changed or place != "/".join(wanted):
                self.notes.add(notes.NAME, f"{origin} is now {place}")
            if names.is_archive(wanted):
                into = (*wanted[:-1], folder_name(path.name))
                self._inner.append(Archive(path, origin, into, archive.depth + 1))


def folder_name(archive: str) -> str:
    """Return the name of the folder that an archive inside an export becomes."""
    return names.safe(archive[: -len(".zip")])


def _name(member: zipfile.ZipInfo) -> str:
    return names.decoded(member.orig_filename, bool(member.flag_bits & _UTF8))


def _into(archive: Archive, members: list[zipfile.ZipInfo]) -> Parts:
    """Return where members go: one folder around all, of the archive's name, is not made twice."""
    for member in members if archive.into else ():
        parts, _ = names.of_member(_name(member))
        if parts[:-1][:1] != archive.into[-1:] and not names.is_system_file(parts):
            return archive.into
    return archive.into[:-1]


def _is_folder(member: zipfile.ZipInfo) -> bool:
    return member.orig_filename.endswith(("/", "\\")) and not member.file_size


def _is_link(member: zipfile.ZipInfo) -> bool:
    on_unix = member.create_system == 3
    return on_unix and stat.S_ISLNK(member.external_attr >> 16)


def _check(members: list[zipfile.ZipInfo], origin: str) -> None:
    """Refuse what cannot be unpacked, before anything is."""
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise ExportUnreadableError(
                f"{origin} is locked with a password ({member.filename}).",
                next_command="crossdock new DIR --export PATH  (ask support to send it without)",
            )
        if member.compress_type not in _METHODS:
            kind = _OTHER_METHODS.get(member.compress_type, f"method {member.compress_type}")
            raise ExportUnreadableError(
                f"{origin} is packed in a way that is not supported: {kind} ({member.filename}).",
                next_command="unpack it yourself, then: crossdock new DIR --export FOLDER",
            )


def _copy(zipped: zipfile.ZipFile, member: zipfile.ZipInfo, stream: BinaryIO) -> None:
    """Write a member out."""
    for piece in content(zipped, member):
        stream.write(piece)


@contextmanager
def _damage_told(origin: str) -> Iterator[None]:
    with told(origin):
        try:
            yield
        except DAMAGE as error:
            raise unreadable(origin, error) from error
