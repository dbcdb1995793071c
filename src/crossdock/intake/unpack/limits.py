"""How much an export may take when it is unpacked."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crossdock.errors import ExportTooLargeError

GB = 10**9


@dataclass(frozen=True, slots=True)
class Limits:
    """What an export may take; `docs/explain/limits.md` states the same.

    `depth` counts archives in archives, the outermost being the first. `ratio` is how many times
    its packed size an export may have; it counts only beyond `unsuspected` bytes, because small
    files of zeros are no harm. `spare` bytes of the disk stay free for what comes after.
    `directory` is the size of an archive's own list of its files, which is read into memory.
    """

    depth: int = 5
    files: int = 1_000_000
    folders: int = 50
    path_bytes: int = 1_000
    ratio: int = 200
    unsuspected: int = GB
    spare: int = GB // 4
    directory: int = GB // 5


class Budget:
    """What is left of the limits while an export is unpacked to a disk."""

    def __init__(self, limits: Limits, disk: Path) -> None:
        self.limits = limits
        self._disk = disk
        self._packed = 0
        self._unpacked = 0
        self._files = 0

    def packed(self, size: int) -> None:
        """Count an archive that support sent: what is unpacked is measured by it."""
        self._packed += size

    def foresee(self, origin: str, files: int, size: int) -> None:
        """Count what an archive says it holds, before any of it is written.

        Raises ExportTooLargeError.
        """
        self.files(origin, files)
        self._unpacked += size
        most = max(self.limits.unsuspected, self._packed * self.limits.ratio)
        if self._unpacked > most:
            raise too_large(
                f"{origin} unpacks to {size:,} bytes. With what came before that is more than "
                f"{self.limits.ratio} times the size of what was sent."
            )
        free = shutil.disk_usage(self._disk).free - self.limits.spare
        if size > free:
            raise too_large(
                f"{origin} unpacks to {size:,} bytes, and the disk has {max(free, 0):,} to spare."
            )

    def files(self, origin: str, count: int = 1) -> None:
        """Count files. Raises ExportTooLargeError."""
        self._files += count
        if self._files > self.limits.files:
            raise too_large(
                f"With {origin} the export holds more than {self.limits.files:,} files."
            )

    def archive(self, origin: str, depth: int) -> None:
        """Check that an archive does not lie too deep in others. Raises ExportTooLargeError."""
        if depth > self.limits.depth:
            raise too_large(
                f"{origin} lies in {depth - 1} archives, one in the other; "
                f"{self.limits.depth} are unpacked."
            )

    def path(self, parts: Sequence[str]) -> None:
        """Check the length of a path inside the export. Raises ExportTooLargeError."""
        path = "/".join(parts)
        if len(parts) > self.limits.folders:
            raise too_large(f"{path[:60]}… lies in more than {self.limits.folders} folders.")
        if len(path.encode("utf-8", "surrogateescape")) > self.limits.path_bytes:
            raise too_large(f"{path[:60]}… is longer than {self.limits.path_bytes:,} bytes.")


def too_large(message: str) -> ExportTooLargeError:
    """Return the error that says which limit an export breaks."""
    return ExportTooLargeError(
        message,
        next_command="unpack it yourself and leave out what does not belong to it, then: "
        "crossdock new DIR --export FOLDER",
    )
