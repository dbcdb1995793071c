"""What an export lacks, as far as only OctopusPro's support can supply it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crossdock.connectors.base import SourceObject

#: Properties are written as one row per field, or with a column per field of their type.
_LONG_FORM = frozenset({"field", "value"})


@dataclass(frozen=True, slots=True)
class Point:
    """Something to ask about: the code of a finding or a question, how often, some places."""

    code: str
    count: int = 1
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """What an export lacks.

    `absent` names objects without a file, `columns` known columns that a file leaves out, by
    object and canonical name, `unexplained` headers by object that no inventory explains.
    """

    absent: frozenset[str] = frozenset()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unexplained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.absent or self.columns or self.unexplained or self.points)


def missing_columns(obj: SourceObject, present: Iterable[str]) -> tuple[str, ...]:
    """Return the names of an object's known columns that are not among those present."""
    found = set(present)
    known = {column.name for column in obj.columns}
    if obj.name == "customer_property" and found - known:
        found |= _LONG_FORM
    return tuple(column.name for column in obj.columns if column.name not in found)


def label_of(header: str) -> str:
    """Return the label of a custom field from the header of its column."""
    return re.sub(r"^cf:\s*", "", header.strip(), flags=re.IGNORECASE)
