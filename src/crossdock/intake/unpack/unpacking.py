"""What is to be done with what support sent."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from crossdock.errors import ExportEmptyError, ExportNotFoundError, ExportUnreadableError
from crossdock.intake.tables.kinds import Kind, kind_of
from crossdock.intake.unpack import folders
from crossdock.intake.unpack.archives import Archive, Archives
from crossdock.intake.unpack.kept import Kept
from crossdock.intake.unpack.limits import Budget, Limits
from crossdock.intake.unpack.notes import Notes
from crossdock.intake.unpack.target import Target
from crossdock.intake.unpack.trouble import told

_NEXT = "crossdock new DIR --export PATH  (with the folder or zip from support)"
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A folder that holds the export as plain files, and what is to be said about it."""

    folder: Path
    notes: Notes


def unpack(export: Path, work: Path, limits: Limits = LIMITS) -> Unpacked:
    """Return a folder that holds the export's files, all of them readable, none of them a link out.

    A plain folder is returned as it is; one file is put into a folder. Archives, and folders with
    archives or odd things in them, are unpacked into the work folder; nothing is written
    elsewhere. What was unpacked before is used again when neither the export nor it has changed.

    Raises ExportNotFoundError, ExportEmptyError, ExportUnreadableError, ExportTooLargeError.
    """
    with told(str(export)):
        if not export.exists():
            raise ExportNotFoundError(f"There is nothing at {export}.", next_command=_NEXT)
        kept = Kept(work)
        if export.is_dir():
            return _folder(export, kept, limits)
        kind, what = kind_of(export) if export.is_file() else (Kind.OTHER, "no file")
        if kind is not Kind.OTHER and export.suffix.lower() != ".zip":
            return _single(export, kept)
        if not export.is_file() or not zipfile.is_zipfile(export):
            raise ExportUnreadableError(
                f"{export.name} is neither a folder nor a readable zip archive, workbook, CSV or "
                f"JSON file; it is {what or kind}.",
                next_command=_NEXT,
            )
        return _archive(export, kept, limits)


def _folder(export: Path, kept: Kept, limits: Limits) -> Unpacked:
    found = folders.survey(export, Budget(limits, export))
    if found.plain:
        return Unpacked(export, found.notes)
    if kept.folder.resolve().is_relative_to(export.resolve()):
        raise ExportUnreadableError(
            f"The project lies inside {export.name}, and would be read as a part of it.",
            next_command="crossdock new DIR --export PATH  (with a DIR outside of the export)",
        )

    def fill(root: Path) -> Notes:
        archives = _archives(root, limits)
        folders.show(export, archives)
        return archives.notes

    said = kept.notes(found.seal) or kept.replace(found.seal, fill)
    return Unpacked(kept.folder, said)


def _single(export: Path, kept: Kept) -> Unpacked:
    """Put an export that is one file into a folder of its own."""

    def fill(root: Path) -> Notes:
        root.mkdir(parents=True)
        shutil.copyfile(export, root / export.name)
        return Notes()

    seal = _digest(export)
    return Unpacked(kept.folder, kept.notes(seal) or kept.replace(seal, fill))


def _archive(export: Path, kept: Kept, limits: Limits) -> Unpacked:
    def fill(root: Path) -> Notes:
        archives = _archives(root, limits)
        archives.budget.packed(export.stat().st_size)
        if not archives.unpack(Archive(export, export.name)):
            raise ExportEmptyError(f"{export.name} holds no file.", next_command=_NEXT)
        return archives.notes

    seal = _digest(export)
    return Unpacked(kept.folder, kept.notes(seal) or kept.replace(seal, fill))


def _archives(root: Path, limits: Limits) -> Archives:
    budget = Budget(limits, root)
    return Archives(Target(root, budget), budget, Notes())


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
