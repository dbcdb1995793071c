"""Findings: something true about the data or the target that a person should know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters: `blocks` stops what comes next, `warns` does not."""

    BLOCKS = "blocks"
    WARNS = "warns"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, with a stable code, how often it holds, where to look and what to do.

    `evidence` holds up to a handful of places ("bookings.csv line 12: BOK-194"), never whole rows.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    object: str = ""
    field: str = ""
    count: int = 1
    evidence: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the `--json` output shows it."""
        return asdict(self) | {"severity": str(self.severity), "evidence": list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Question:
    """Something the data alone does not decide; a person answers it once, and it is kept.

    `choices` maps each possible answer to what it would mean; with a `pattern` they are examples,
    and any value that matches it whole will do. `count` is how many values one answer would read
    otherwise than another, and `evidence` shows a handful of them with each reading.
    """

    code: str
    message: str
    choices: dict[str, str]
    object: str = ""
    field: str = ""
    answer: str | None = None
    pattern: str = ""
    count: int = 0
    evidence: Sequence[str] = ()

    def meaning(self, value: str) -> str | None:
        """Return what an answer would mean, or None when it is none of the possible ones."""
        if value in self.choices:
            return self.choices[value]
        return value if self.pattern and re.fullmatch(self.pattern, value) else None

    def as_json(self) -> dict[str, Any]:
        """Return the question as the `--json` output shows it."""
        return asdict(self) | {"evidence": list(self.evidence)}
