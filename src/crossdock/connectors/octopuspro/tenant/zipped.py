"""An export folder as a zip archive that is the same every time."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

#: The earliest time that the format can say; a real one would change the bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def zip_folder(folder: Path, target: Path) -> None:
    """Write all files of a folder, sorted by path, into a new archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
