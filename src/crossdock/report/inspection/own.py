"""The tenant's own fields, and the counts to compare with the source's screen, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crossdock.profile.custom_fields import CustomField
from crossdock.profile.gaps.checks import Check
from crossdock.report import wording
from crossdock.report.inspection import words
from crossdock.report.labels import of_object

#: So many choices of a field are named.
CHOICES = 8


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field. `filled` of `rows` records have a value; `values` are choices or examples.

    `why` says where its type comes from, `sure` whether nothing speaks against it.
    """

    object: str
    label: str
    type: str
    filled: int
    rows: int
    values: str
    why: str
    sure: bool

    @property
    def fill(self) -> float:
        """Return the share of records with a value, from 0 to 1."""
        return min(self.filled / self.rows, 1.0) if self.rows else 0.0

    @property
    def percent(self) -> str:
        """Return the share in words."""
        return words.percent(self.filled, self.rows)


@dataclass(frozen=True, slots=True)
class CheckTold:
    """A count of ours, a sum of money or nothing, and where on the screen the same must stand."""

    label: str
    count: int
    amount: str
    where: str


def fields(found: Sequence[CustomField]) -> list[OwnField]:
    """Return the tenant's own fields."""
    return [
        OwnField(
            of_object(field.object) if field.object else "unknown",
            words.line(field.label),
            words.of_type(str(field.type)),
            field.filled,
            field.rows,
            _values(field),
            words.line(field.evidence),
            field.confidence != "doubtful",
        )
        for field in found
    ]


def _values(field: CustomField) -> str:
    if not field.choices:
        return " · ".join(words.line(example) for example in field.examples[:3])
    named = [f"{words.line(c.value)} ({c.count:,})" for c in field.choices[:CHOICES]]
    more = len(field.choices) - CHOICES
    return " · ".join(named) + (f" and {more:,} more" if more > 0 else "")


def checks(found: Sequence[Check]) -> list[CheckTold]:
    """Return what to compare; a place that is not documented is called likely."""
    return [
        CheckTold(
            words.line(check.label),
            check.count,
            "" if check.amount is None else wording.money(check.amount),
            check.where if check.certainty == "documented" else f"{check.where} (likely)",
        )
        for check in found
    ]
