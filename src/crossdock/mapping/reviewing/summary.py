"""How many lines there are of each kind, for a person who is about to sign."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crossdock.mapping.document import REJECTED, Mapping
from crossdock.mapping.document.model import STATUSES
from crossdock.mapping.reviewing.filters import HIGH


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of lines. `sure` have a confidence of at least 0.9; `unseen` are those that nobody
    decided on, and `unseen_unsure` those of them that are not sure. Rejected lines count in
    `statuses` only."""

    statuses: dict[str, int] = field(default_factory=dict)
    sure: int = 0
    unsure: int = 0
    unseen: int = 0
    unseen_unsure: int = 0
    new_fields: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the counts as the `--json` output shows them."""
        return {
            "statuses": self.statuses,
            "sure": self.sure,
            "unsure": self.unsure,
            "unseen": self.unseen,
            "unseen_unsure": self.unseen_unsure,
            "new_fields": self.new_fields,
        }


def summary(mapping: Mapping) -> Summary:
    """Return the counts of a mapping."""
    active = [line for line in mapping.lines if line.status != REJECTED]
    used = {(line.entity, line.label) for line in active if line.is_custom}
    unseen = [line for line in active if line.is_open and not line.who]
    sure = sum(line.confidence >= HIGH for line in active)
    return Summary(
        {status: sum(x.status == status for x in mapping.lines) for status in STATUSES},
        sure,
        len(active) - sure,
        len(unseen),
        sum(line.confidence < HIGH for line in unseen),
        sum((f.entity, f.label) in used for f in mapping.new_fields),
    )
