"""What became of a record: the buckets, and the equation that they must obey."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Bucket(StrEnum):
    """The only places a source row or a planned record can end up in, one each."""

    CREATED = "created"
    UPDATED = "updated"
    MATCHED = "matched"
    MERGED = "merged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(slots=True)
class PhaseCounts:
    """One phase in numbers: how many records it had to place, and where each one went."""

    entity: str
    read: int = 0
    created: int = 0
    updated: int = 0
    matched: int = 0
    merged: int = 0
    skipped: int = 0
    rejected: int = 0
    #: Records that the destination showed when it was asked after the phase; None: not asked.
    found: int | None = None
    #: Why the phase does not balance, in words; empty when it does.
    reasons: list[str] = field(default_factory=list)

    @property
    def placed(self) -> int:
        """Return how many records are in a bucket."""
        return (
            self.created + self.updated + self.matched + self.merged + self.skipped + self.rejected
        )

    @property
    def balanced(self) -> bool:
        """Return whether every record is in one bucket and nothing speaks against it."""
        return self.read == self.placed and not self.reasons

    def as_json(self) -> dict[str, Any]:
        """Return the phase as the `--json` output shows it."""
        return asdict(self) | {"balanced": self.balanced}
