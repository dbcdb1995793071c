"""One thing that the mapping needs at the destination, and how it stands with it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a thing stands at the destination."""

    PRESENT = "present"
    MISSING = "missing"
    DIFFERENT = "different type"
    CHOICES = "choices missing"
    #: Missing, and the destination's plan allows no more fields of the kind.
    OVER = "over the plan's limit"
    #: The plan does not have it; what it would have held goes elsewhere, by rule.
    NO_FEATURE = "not in this plan"
    #: Values for which the value map names no choice: their field stays empty.
    UNCHOSEN = "no choice named"


#: What stops a load; the rest is said and does not stop it.
BLOCKING = frozenset({Status.MISSING, Status.DIFFERENT, Status.CHOICES, Status.OVER})


@dataclass(frozen=True, slots=True)
class Thing:
    """A field, a choice, a stage, a module or a feature.

    `kind` says which, in words; `type` is a field's type; `choices` are all choices that a field
    must have, in order, and `missing_choices` those that it lacks. `values` counts the records
    that have a value for it. `detail` says in words what differs.
    """

    kind: str
    entity: str
    label: str
    status: Status
    values: int = 0
    type: str = ""
    choices: Sequence[str] = ()
    missing_choices: Sequence[str] = ()
    detail: str = ""

    @property
    def blocks(self) -> bool:
        """Return whether nothing can be loaded before this is settled."""
        return self.status in BLOCKING

    def as_json(self) -> dict[str, Any]:
        """Return the thing as the `--json` output shows it."""
        return {
            "kind": self.kind,
            "entity": self.entity,
            "label": self.label,
            "status": str(self.status),
            "values": self.values,
            "type": self.type,
            "choices": list(self.choices),
            "missing_choices": list(self.missing_choices),
            "detail": self.detail,
        }
