"""A folder or a zip becomes a folder."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path

from crossdock.errors import ExportEmptyError, ExportNotFoundError, ExportUnreadableError

_NEXT = "crossdock new DIR --export PATH  (ask support to send the file again if it is damaged)"


def unpack(export: Path, work: Path) -> Path:
    """Return a folder that holds the export; archives are unpacked into the work folder.

    Raises ExportNotFoundError, ExportEmptyError, ExportUnreadableError.
    """
    if not export.exists():
        raise ExportNotFoundError(f"There is nothing at {export}.", next_command=_NEXT)
    if export.is_dir():
        return export
    if not zipfile.is_zipfile(export):
        raise ExportUnreadableError(
            f"{export.name} is neither a folder nor a readable zip archive.", next_command=_NEXT
        )
    target = work / "export"
    partial = work / "export.partial"
    shutil.rmtree(partial, ignore_errors=True)
    try:
        _extract(export, partial)
    except (zipfile.BadZipFile, zlib.error, LZMAError, OSError, RuntimeError, EOFError) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise ExportUnreadableError(
            f"{export.name} cannot be unpacked: {error}.", next_command=_NEXT
        ) from error
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    return target


def _extract(archive: Path, target: Path) -> None:
    """Unpack below `target` only: zipfile strips drive letters, leading slashes and `..`."""
    with zipfile.ZipFile(archive) as zipped:
        members = [m for m in zipped.infolist() if not m.is_dir()]
        if not members:
            raise ExportEmptyError(f"{archive.name} holds no file.", next_command=_NEXT)
        broken = zipped.testzip()
        if broken is not None:
            raise zipfile.BadZipFile(f"{broken} is damaged")
        target.mkdir(parents=True)
        zipped.extractall(target, members=members)
