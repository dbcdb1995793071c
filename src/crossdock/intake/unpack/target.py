"""Writing below one folder only, and over nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from crossdock.intake.unpack.limits import Budget
from crossdock.intake.unpack.names import Parts, spellings

Made = TypeVar("Made")


class Target:
    """A folder that fills up.

    Whether a name is taken is asked of the file system itself, which alone knows whether it tells
    upper case from lower and one spelling of an umlaut from the other.
    """

    def __init__(self, root: Path, budget: Budget) -> None:
        self.root = root
        self._budget = budget
        self._last: tuple[Parts, Path] = ((), root)
        #: Names that were taken, with the number to go on from: an archive may hold one
        #: name a hundred thousand times.
        self._tries: dict[Path, int] = {}
        root.mkdir(parents=True)

    def create(self, parts: Parts) -> tuple[Path, BinaryIO]:
        """Make a new file at a place, or beside it when the name is taken; returns where it is.

        Raises ExportTooLargeError when the path is too long.
        """
        return self._claim(parts, lambda path: cast(BinaryIO, path.open("xb")))

    def show(self, parts: Parts, file: Path) -> Path:
        """Show a file that lies elsewhere at a place, by a link where the system can."""

        def link(path: Path) -> None:
            try:
                path.symlink_to(file)
            except FileExistsError:
                raise
            except OSError:
                with file.open("rb") as source, path.open("xb") as copy:
                    shutil.copyfileobj(source, copy)

        return self._claim(parts, link)[0]

    def place(self, path: Path) -> str:
        """Return where a file is, as a path inside the target."""
        return path.relative_to(self.root).as_posix()

    def _claim(self, parts: Parts, make: Callable[[Path], Made]) -> tuple[Path, Made]:
        self._budget.path(parts)
        wanted = self._folder(parts[:-1]) / parts[-1]
        for number, name in spellings(wanted.name, self._tries.get(wanted, 1)):
            path = wanted.with_name(name)
            try:
                return path, make(path)
            except FileExistsError:
                self._tries[wanted] = number + 1
        raise AssertionError("spellings never end")

    def _folder(self, parts: Parts) -> Path:
        """Make the folders of a path; members of an archive mostly lie where the last one lay."""
        if self._last[0] == parts:
            return self._last[1]
        folder = self.root
        for part in parts:
            folder = _made(folder, part)
        self._last = (parts, folder)
        return folder


def _made(folder: Path, name: str) -> Path:
    """Make a folder, or use the one that is there; a file of that name is left alone."""
    for _, spelling in spellings(name):
        path = folder / spelling
        try:
            path.mkdir()
        except FileExistsError:
            if not path.is_dir() or path.is_symlink():
                continue
        return path
    raise AssertionError("spellings never end")
