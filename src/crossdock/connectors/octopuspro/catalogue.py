"""Every object of OctopusPro, read from `objects.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from crossdock.connectors.base import SourceColumn, SourceObject
from crossdock.model.fields import FieldType


def squash(header: str) -> str:
    """Return a header without case, stars, spaces and punctuation, for comparing."""
    return re.sub(r"[^a-z0-9]", "", header.casefold().replace("%", "percent"))


def column_name(header: str) -> str:
    """Return the canonical column name for a header: `Share %` becomes `share_percent`."""
    words = re.sub(r"[^a-z0-9]+", "_", header.casefold().replace("%", " percent")).strip("_")
    return words or "column"


@cache
def objects() -> tuple[SourceObject, ...]:
    """Return all objects, in the order of the file."""
    text = resources.files(__package__).joinpath("objects.toml").read_text("utf-8")
    return tuple(_object(name, entry) for name, entry in tomllib.loads(text).items())


def _object(name: str, entry: dict[str, object]) -> SourceObject:
    lines = [line for line in str(entry["columns"]).splitlines() if line.strip()]
    key = entry.get("key", [])
    assert isinstance(key, list)
    return SourceObject(
        name=name,
        label=str(entry["label"]),
        columns=tuple(_column(line) for line in lines),
        key=tuple(str(part) for part in key),
        needed=bool(entry.get("needed", False)),
        settings=bool(entry.get("settings", False)),
    )


def _column(line: str) -> SourceColumn:
    head, _, aliases = line.partition("=")
    header, _, type_name = head.partition(":")
    return SourceColumn(
        name=column_name(header.strip()),
        type=FieldType(type_name.strip() or "text"),
        aliases=tuple(alias.strip() for alias in aliases.split(",") if alias.strip()),
        header=header.strip(),
    )
