"""What is known of one of the tenant's own fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crossdock.model.fields import FieldType

#: `sure`: stated and not contradicted, or true of many values. `likely`: true of all values, which
#: are few or could be read otherwise. `doubtful`: the values contradict what is stated.
Confidence = Literal["sure", "likely", "doubtful"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a picklist, how often it was chosen, and whether the inventory lists it."""

    value: str
    count: int
    listed: bool


@dataclass(frozen=True, slots=True)
class CustomField:
    """One field.

    `object` is what carries it; `source_object` and `column` say where its values are staged
    (`customer.cf_parking`, `custom_field_answer.answer_8201`). `rows` is how many records could
    hold a value, `empty` how many that show the field do not. Lengths are characters. `labels` are
    all names it went by, the newest first. `unfit` counts values that are not of the type, or of
    the type that `nearly` all of a text's values have. Every number is exact, but see the package
    on long texts.
    """

    object: str
    label: str
    type: FieldType
    source_object: str = ""
    column: str = ""
    field_id: str = ""
    scope: str = ""
    rows: int = 0
    filled: int = 0
    empty: int = 0
    distinct: int = 0
    shortest: int = 0
    longest: int = 0
    examples: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    separator: str = ""
    source: Literal["inventory", "data"] = "data"
    confidence: Confidence = "likely"
    evidence: str = ""
    mandatory: bool = False
    labels: Sequence[str] = ()
    nearly: FieldType | None = None
    unfit: int = 0
    unfit_examples: Sequence[str] = ()

    @property
    def fill_rate(self) -> float:
        """Return the share of records that hold a value, from 0 to 1."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def name(self) -> str:
        """Return what a person calls the field: its label and what it is on."""
        return f"{self.label} ({self.object.replace('_', ' ')})"

    def as_json(self) -> dict[str, Any]:
        """Return the field as the `--json` output shows it."""
        return {
            "object": self.object,
            "label": self.label,
            "field_id": self.field_id or None,
            "scope": self.scope,
            "type": str(self.type),
            "choices": [
                {"value": c.value, "count": c.count, "listed": c.listed} for c in self.choices
            ],
            "separator": self.separator,
            "rows": self.rows,
            "filled": self.filled,
            "distinct": self.distinct,
            "shortest": self.shortest,
            "longest": self.longest,
            "examples": list(self.examples),
            "source": self.source,
            "confidence": self.confidence,
            "evidence": self.evidence,
        }
