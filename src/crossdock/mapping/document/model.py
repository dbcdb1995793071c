"""What a mapping file says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any, Final

CUSTOM: Final = "custom:"
PROPOSED: Final = "proposed"
CONFIRMED: Final = "confirmed"
REJECTED: Final = "rejected"
NEEDS_DECISION: Final = "needs decision"
STATUSES: Final = (PROPOSED, CONFIRMED, REJECTED, NEEDS_DECISION)


@dataclass(frozen=True, slots=True)
class Line:
    """One field's mapping.

    `sources` are `object.column`; `status` is proposed, confirmed, rejected or "needs decision";
    `confidence` runs from 0 to 1; `samples` are values as the source has them; `who` decided on
    the line and `when` (ISO 8601, UTC), both empty until somebody has.
    """

    entity: str
    sources: tuple[str, ...]
    target: str
    transform: str
    confidence: float = 1.0
    reason: str = ""
    status: str = PROPOSED
    samples: tuple[str, ...] = ()
    who: str = ""
    when: str = ""
    #: The line of the file where it begins; 0 for one that was not read from a file.
    at: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """Return what people call the line: `entity.target`."""
        return f"{self.entity}.{self.target}"

    @property
    def is_custom(self) -> bool:
        """Return whether the target is a custom field, named by its label."""
        return self.target.startswith(CUSTOM)

    @property
    def label(self) -> str:
        """Return the custom field's label."""
        return self.target.removeprefix(CUSTOM)

    @property
    def columns(self) -> list[str]:
        """Return the source column names without their objects."""
        return [source.partition(".")[2] for source in self.sources]

    @property
    def value_map(self) -> str | None:
        """Return the name of the value map that the transform uses, or None."""
        name, _, argument = self.transform.partition(":")
        return argument if name == "map" else None

    @property
    def is_open(self) -> bool:
        """Return whether nobody has decided on the line yet."""
        return self.status in (PROPOSED, NEEDS_DECISION)

    def decided(self, status: str, who: str, when: str) -> Line:
        """Return the line with a person's decision on it."""
        return replace(self, status=status, who=who, when=when)

    def as_json(self) -> dict[str, Any]:
        """Return the line as the `--json` output shows it."""
        objects = [source.partition(".")[0] for source in self.sources]
        return {
            "object": objects[0],
            "column": ", ".join(self.columns),
            "entity": self.entity,
            "target": self.target,
            "transform": self.transform,
            "confidence": self.confidence,
            "status": self.status,
            "reason": self.reason,
            "samples": list(self.samples),
            "who": self.who,
            "when": self.when,
        }


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field that the destination must have: created when it is missing."""

    entity: str
    label: str
    type: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Mapping:
    """A whole mapping file.

    `becomes` says which entities the records of each object become. `maps` lead from a value of
    the source to the label of a choice. `left_out` are columns that a person, or the route for a
    stated reason, leaves behind: object, field, why. `confirmed` is the signature: by, at, digest.
    """

    route: str
    policies: dict[str, str]
    lines: list[Line]
    new_fields: list[NewField]
    maps: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: list[dict[str, str]] = field(default_factory=list)
    confirmed: dict[str, str] = field(default_factory=dict)
    becomes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def active(self, entity: str) -> list[Line]:
        """Return the lines of an entity that are not rejected."""
        return [x for x in self.lines if x.entity == entity and x.status != REJECTED]

    def of(self, entity: str) -> list[Line]:
        """Return every line of an entity, in file order."""
        return [x for x in self.lines if x.entity == entity]

    def entities(self) -> list[str]:
        """Return the entities in file order."""
        return list(dict.fromkeys(line.entity for line in self.lines))

    def field_type(self, line: Line) -> str | None:
        """Return the type of the new field that a line writes to, or None where it is not new."""
        found = (
            f.type for f in self.new_fields if (f.entity, f.label) == (line.entity, line.label)
        )
        return next(found, None) if line.is_custom else None

    def decisions(self) -> dict[str, Any]:
        """Return everything that decides what is written, in an order of its own."""
        return {
            "route": self.route,
            "policies": self.policies,
            "lines": sorted(
                [x.entity, x.target, list(x.sources), x.transform, x.status == REJECTED]
                for x in self.lines
            ),
            "new_fields": sorted(
                [f.entity, f.label, f.type, list(f.choices)] for f in self.new_fields
            ),
            "maps": self.maps,
            "left_out": sorted([e.get("object", ""), e.get("field", "")] for e in self.left_out),
        }

    def digest(self, schemas: str) -> str:
        """Return the digest that a confirmation signs: everything that decides what is written,
        and both sides' schemas as they were seen."""
        content = self.decisions() | {"schemas": schemas}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
