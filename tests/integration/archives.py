"""Archives that tests build themselves, and what stands in a folder."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.intake.unpack import Unpacked
from crossdock.model.findings import Finding
from crossdock.profile.profile import profile
from tests.integration.exports import project_of, store

Members = Mapping[str, bytes] | Sequence[tuple[str | zipfile.ZipInfo, bytes]]

CUSTOMERS = b"Customer ID,First Name,Last Name\n1,Jane,Citizen\n"


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these members, in this order; a name may stand there twice."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method) as zipped:
        warnings.filterwarnings("ignore", "Duplicate name")
        for name, content in members.items() if isinstance(members, Mapping) else members:
            zipped.writestr(name, content)
    return made.getvalue()


def archive(folder: Path, members: Members, name: str = "export.zip") -> Path:
    """Write an archive into a folder of its own, so that nothing else stands beside it."""
    path = folder / "inbox" / name
    path.parent.mkdir()
    path.write_bytes(packed(members))
    return path


def nested(levels: int, content: bytes) -> bytes:
    """Return archives in each other, the innermost holding one file."""
    made = packed({"a.csv": content})
    for level in range(levels - 1, 0, -1):
        made = packed({f"{level}.zip": made})
    return made


def link(name: str, leads_to: str) -> tuple[zipfile.ZipInfo, bytes]:
    """Return a member that is a symbolic link, as programs on Unix store it."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = 0o120777 << 16
    return member, leads_to.encode()


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def noted(unpacked: Unpacked) -> dict[str, list[str | None]]:
    """Return the places of each note, by its code."""
    places: dict[str, list[str | None]] = {}
    for code, place, _ in unpacked.notes.rows():
        places.setdefault(code, []).append(place)
    return places


def inspected(folder: Path, export: Path) -> dict[str, Finding]:
    """Return what `inspect` finds in an export, by code."""
    with store() as connection:
        found = profile(project_of(folder, export), OctopusPro(), connection).findings
    return {finding.code: finding for finding in found}
