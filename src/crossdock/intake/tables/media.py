"""Which files of an export are media, and what its lists call them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from crossdock.connectors.base import Source

_FOLDER = "files"


def media_place(relative: PurePosixPath, source: Source) -> str | None:
    """Return the place of a file as the export's lists write it, or None when it is no medium.

    Media lie below a folder `files`, or below one that is named after a record: then the place is
    `files/BOK-1205/photo.jpg` all the same, wherever that folder stands.
    """
    folders = relative.parts[:-1]
    if _FOLDER in folders:
        return "/".join(relative.parts[folders.index(_FOLDER) :])
    for place, folder in enumerate(folders):
        if source.record_folder(folder):
            return "/".join((_FOLDER, *relative.parts[place:]))
    return None


def belongs_to_record(relative: PurePosixPath, source: Source) -> bool:
    """Return whether a file lies below a folder that is named after a record.

    Whatever it is, it is an attachment; beside such folders there may be lists.
    """
    return any(source.record_folder(folder) for folder in relative.parts[:-1])


def files_below(folder: Path) -> list[Path]:
    """Return all files below a folder, sorted, but for hidden ones."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
