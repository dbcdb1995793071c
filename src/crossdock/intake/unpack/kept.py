"""Whether what was unpacked before can be used again."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from crossdock import __version__
from crossdock.errors import CrossdockError
from crossdock.intake.unpack.folders import seal_of
from crossdock.intake.unpack.limits import Budget, Limits
from crossdock.intake.unpack.notes import Notes
from crossdock.project import write_text

_NO_LIMITS = Limits(files=sys.maxsize, folders=sys.maxsize, path_bytes=sys.maxsize)


class Kept:
    """The unpacked export in a work folder, and a file beside it that says what it was made of.

    The file is written last and taken away first: without it, all is unpacked again.
    """

    def __init__(self, work: Path) -> None:
        self.folder = work / "export"
        self._partial = work / "export.partial"
        self._proof = work / "export.json"

    def notes(self, seal: str) -> Notes | None:
        """Return what was noted when just this export was unpacked; None when it is not there."""
        try:
            proof = json.loads(self._proof.read_text("utf-8"))
            if proof["of"] == _versioned(seal) and proof["holds"] == self._holds():
                return Notes(proof["notes"])
        except (OSError, ValueError, LookupError, TypeError, AttributeError, CrossdockError):
            pass
        return None

    def replace(self, seal: str, fill: Callable[[Path], Notes]) -> Notes:
        """Unpack anew: `fill` is given a path to make the folder at. All of it is there, or none.

        A failure leaves what was unpacked before.
        """
        shutil.rmtree(self._partial, ignore_errors=True)
        try:
            said = fill(self._partial)
            self._proof.unlink(missing_ok=True)
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self._partial.rename(self.folder)
        except BaseException:
            shutil.rmtree(self._partial, ignore_errors=True)
            raise
        proof = {"of": _versioned(seal), "holds": self._holds(), "notes": said.as_json()}
        write_text(self._proof, json.dumps(proof))
        return said

    def _holds(self) -> str:
        return seal_of(self.folder, Budget(_NO_LIMITS, self.folder))


def _versioned(seal: str) -> str:
    """Return the seal as of this version of Crossdock: another one may take other files."""
    return f"{__version__}:{seal}"
