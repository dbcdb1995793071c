"""The versions of a mapping: each file that was confirmed, and each that another one replaced.

They stand in `mapping-versions/`: `0001.toml` is the file, `0001.json` says who signed it, when,
with which digest, and holds both schemas as they were. A file that was replaced unsigned has no
signature there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from crossdock.mapping import document
from crossdock.mapping.document import Mapping
from crossdock.mapping.snapshot import Snapshot
from crossdock.project import Project, write_text

FOLDER = "mapping-versions"


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version; `by`, `at` (ISO 8601, UTC) and `digest` are empty without a signature."""

    number: int
    path: Path
    by: str = ""
    at: str = ""
    digest: str = ""
    snapshot: Snapshot | None = None

    def mapping(self) -> Mapping:
        """Read the version's mapping. Raises MappingInvalidError when somebody changed it."""
        return document.read(self.path)


def keep(project: Project, snapshot: Snapshot | None = None) -> Version | None:
    """Keep the project's mapping file as it stands as its next version; None without a file.

    `snapshot` belongs to a version that has just been signed.
    """
    if not project.mapping_file.exists():
        return None
    kept = versions(project)
    number = kept[-1].number + 1 if kept else 1
    path = project.folder / FOLDER / f"{number:04}.toml"
    path.parent.mkdir(exist_ok=True)
    write_text(path, project.mapping_file.read_text("utf-8"))
    signature = document.read(path).confirmed if snapshot else {}
    facts = {"signature": signature, "schemas": snapshot.as_json() if snapshot else None}
    project.write_json(path.with_suffix(".json"), facts)
    return _version(path)


def versions(project: Project) -> list[Version]:
    """Return the kept versions, the oldest first."""
    return [_version(path) for path in sorted((project.folder / FOLDER).glob("[0-9]*.toml"))]


def signed(project: Project, digest: str = "") -> Version | None:
    """Return the version with this digest, else the last signed one, or None."""
    found = [version for version in versions(project) if version.digest]
    exact = [version for version in found if version.digest == digest]
    best = exact or found
    return best[-1] if best else None


def _version(path: Path) -> Version:
    facts_file = path.with_suffix(".json")
    facts = json.loads(facts_file.read_text("utf-8")) if facts_file.exists() else {}
    signature, schemas = facts.get("signature") or {}, facts.get("schemas")
    return Version(
        int(path.stem),
        path,
        signature.get("by", ""),
        signature.get("at", ""),
        signature.get("digest", ""),
        Snapshot(**schemas) if schemas else None,
    )
