"""Whether the destination's plan has room for the custom fields, by type and in total.

The limits are those of the plan that the account seems to have; an unknown plan has none here, and
the destination decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from crossdock.connectors.base import Description
from crossdock.provision.thing import Status, Thing

TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class Room:
    """The custom fields of one type on one entity: how many are there, missing and allowed.

    `type` is "total" for all types together.
    """

    entity: str
    type: str
    there: int
    missing: int
    allowed: int

    @property
    def is_full(self) -> bool:
        """Return whether not all that are missing can be added."""
        return self.there + self.missing > self.allowed

    def sentence(self, plan: str) -> str:
        """Say how many there are and how many may be."""
        kind = "custom fields" if self.type == TOTAL else f"custom {self.type} fields"
        return (
            f"the plan ({plan}) allows {self.allowed} {kind} of {self.entity}: "
            f"{self.there} are there, and {self.missing} more are needed"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the room as the `--json` output shows it."""
        return asdict(self)


def rooms(things: Sequence[Thing], description: Description) -> list[Room]:
    """Return the room of every entity and type that fields are needed of, and in total."""
    limits = description.custom_field_limits
    if not limits:
        return []
    found = []
    for entity in dict.fromkeys(t.entity for t in things if t.kind == "custom field"):
        missing = Counter(t.type for t in _missing(things) if t.entity == entity)
        missing[TOTAL] = sum(missing.values())
        there = _there(entity, description)
        found += [
            Room(entity, kind, there[kind], missing[kind], limits[kind])
            for kind in sorted({*missing, *there}, key=lambda kind: (kind == TOTAL, kind))
            if kind in limits
        ]
    return found


def beyond(things: Sequence[Thing], description: Description) -> dict[int, str]:
    """Return the places of missing fields for which there is no room any more, with what is full.

    Fields are taken in the order given, as an administrator would add them.
    """
    limits = description.custom_field_limits
    taken: dict[str, Counter[str]] = {}
    found: dict[int, str] = {}
    for place, thing in enumerate(things):
        if thing.kind != "custom field" or thing.status is not Status.MISSING:
            continue
        counts = taken.setdefault(thing.entity, _there(thing.entity, description))
        full = [k for k in (thing.type, TOTAL) if counts[k] >= limits.get(k, counts[k] + 1)]
        if full:
            found[place] = full[0]
            continue
        counts[thing.type] += 1
        counts[TOTAL] += 1
    return found


def _missing(things: Sequence[Thing]) -> list[Thing]:
    return [
        thing
        for thing in things
        if thing.kind == "custom field" and thing.status in (Status.MISSING, Status.OVER)
    ]


def _there(entity: str, description: Description) -> Counter[str]:
    described = description.entities.get(entity)
    there = Counter(str(f.type) for f in (described.fields if described else ()) if f.custom)
    # Formula fields, which nobody can write, have a limit of their own beside the total.
    there[TOTAL] = sum(there.values())
    return there
