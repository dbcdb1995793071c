"""What an export lacks, as far as only OctopusPro's support can supply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
