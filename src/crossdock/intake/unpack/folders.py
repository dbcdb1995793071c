"""A folder export: what lies in it, and a view of it where it holds odd things."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crossdock.errors import ExportUnreadableError
from crossdock.intake.unpack import names, notes
from crossdock.intake.unpack.archives import Archive, Archives, folder_name
from crossdock.intake.unpack.limits import Budget
from crossdock.intake.unpack.names import Parts
from crossdock.intake.unpack.notes import Notes
from crossdock.intake.unpack.trouble import told

_OWN_RIGHTS = os.access in os.supports_effective_ids


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a folder that is no folder; `status` is of itself, also where it is a link."""

    parts: Parts
    path: Path
    status: os.stat_result

    @property
    def is_link(self) -> bool:
        """Return whether it is a symbolic link, wherever it leads."""
        return stat.S_ISLNK(self.status.st_mode)

    @property
    def is_file(self) -> bool:
        """Return whether it is a plain file."""
        return stat.S_ISREG(self.status.st_mode)


def walk(folder: Path, budget: Budget) -> Iterator[Found]:
    """Return all that lies below a folder, in the order of names, following no link.

    Raises ExportUnreadableError for what may not be read, ExportTooLargeError.
    """
    waiting: list[Parts] = [()]
    while waiting:
        inside = waiting.pop()
        deeper = []
        place = folder.joinpath(*inside)
        with told(str(place)), os.scandir(place) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            parts = (*inside, entry.name)
            budget.path(parts)
            if entry.is_dir(follow_symlinks=False):
                deeper.append(parts)
                continue
            budget.files(entry.path)
            with told(entry.path):
                status = entry.stat(follow_symlinks=False)
            yield Found(parts, Path(entry.path), status)
        waiting.extend(reversed(deeper))


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder is like: whether it can be read where it lies, its seal, and notes."""

    plain: bool
    seal: str
    notes: Notes


def survey(folder: Path, budget: Budget) -> Survey:
    """Look at everything in a folder. Raises ExportUnreadableError, ExportTooLargeError."""
    seal = hashlib.sha256()
    said = Notes()
    plain = True
    for found in walk(folder, budget):
        seal.update(_mark(found).encode("utf-8", "surrogateescape"))
        if _left_out(found, said):
            # Names with a dot are passed over by everyone.
            plain = plain and found.is_file and found.parts[-1].startswith(".")
        else:
            _readable(found)
            plain = plain and found.parts == _shown(found) and not names.is_archive(found.parts)
    return Survey(plain, seal.hexdigest(), said)


def show(folder: Path, archives: Archives) -> None:
    """Fill a target with links to the files of a folder, and with what its archives hold.

    Raises ExportUnreadableError, ExportTooLargeError.
    """
    packed = []
    for found in walk(folder, archives.budget):
        if _left_out(found, archives.notes):
            continue
        if names.is_archive(found.parts):
            packed.append(found)
            continue
        own = "/".join(found.parts)
        place = archives.target.place(archives.target.show(_shown(found), found.path))
        if place != own:
            archives.notes.add(notes.NAME, f"{own} is now {place}")
    for found in packed:
        archives.budget.packed(found.status.st_size)
        origin = "/".join(found.parts)
        into = _shown(found)
        held = archives.unpack(Archive(found.path, origin, (*into[:-1], folder_name(into[-1]))))
        archives.notes.add(notes.ARCHIVE, f"{origin}: {held:,} files")


def seal_of(folder: Path, budget: Budget) -> str:
    """Return a digest over names, sizes and times of all that lies in a folder."""
    seal = hashlib.sha256()
    for found in walk(folder, budget):
        seal.update(_mark(found).encode("utf-8", "surrogateescape"))
    return seal.hexdigest()


def _mark(found: Found) -> str:
    status = found.status
    return f"{'/'.join(found.parts)}\0{status.st_mode}\0{status.st_size}\0{status.st_mtime_ns}\0"


def _left_out(found: Found, said: Notes) -> bool:
    """Note what is left out, and return whether that is so."""
    code = None
    if found.is_link:
        code = notes.LINK
    elif not found.is_file:
        code = notes.SPECIAL
    elif names.is_system_file(found.parts):
        code = notes.SYSTEM
    if code:
        leads = f" leads to {found.path.readlink()}" if found.is_link else ""
        said.add(code, "/".join(found.parts) + leads)
    return code is not None


def _shown(found: Found) -> Parts:
    return tuple(names.safe(part) for part in found.parts)


def _readable(found: Found) -> None:
    may = os.access(found.path, os.R_OK, effective_ids=_OWN_RIGHTS)
    if not may:
        raise ExportUnreadableError(
            f"{notes.printable('/'.join(found.parts))} may not be read by you.",
            next_command="change the permissions of the file, then: crossdock inspect",
        )
