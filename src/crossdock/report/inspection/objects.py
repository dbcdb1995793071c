"""Objects of the export and their fields, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crossdock.model.wording import count
from crossdock.profile.fields import FieldProfile, ObjectProfile
from crossdock.report.inspection import words
from crossdock.report.wording import listing


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field. `filled` of `rows` rows have a value; `span` says how long they are, or from which
    to which; `unread` which of them could not be read, and is empty when all were. `counts` says
    how often each example occurs, and is empty where that is not known.
    """

    header: str
    name: str
    type: str
    filled: int
    rows: int
    distinct: str
    examples: Sequence[str]
    counts: Sequence[int]
    span: str
    unread: str
    own: bool

    @property
    def fill(self) -> float:
        """Return the share of rows with a value, from 0 to 1."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def percent(self) -> str:
        """Return the share in words."""
        return words.percent(self.filled, self.rows)

    @property
    def frequent(self) -> str:
        """Return the examples, each with how often it occurs where one occurs twice."""
        if not self.counts or self.counts[0] < 2:
            return " · ".join(self.examples)
        pairs = zip(self.examples, self.counts, strict=True)
        return " · ".join(f"{example} ({times:,})" for example, times in pairs)


@dataclass(frozen=True, slots=True)
class ObjectTold:
    """An object. `rows` were in its `files`; `rejected` of them could not be read as rows.

    A migration cannot be complete without a `needed` one.
    """

    name: str
    label: str
    files: Sequence[str]
    rows: int
    rejected: int
    fields: Sequence[FieldTold]
    needed: bool = False

    @property
    def full(self) -> list[FieldTold]:
        """Return the fields that hold a value."""
        return [field for field in self.fields if field.filled]

    @property
    def empty(self) -> list[str]:
        """Return the headers of fields without any value."""
        return [field.header for field in self.fields if not field.filled]

    @property
    def fill(self) -> float:
        """Return the share of cells with a value, from 0 to 1."""
        return sum(f.fill for f in self.fields) / len(self.fields) if self.fields else 0.0

    @property
    def percent(self) -> str:
        """Return the share of cells with a value, in words."""
        cells = sum(field.rows for field in self.fields)
        return words.percent(sum(field.filled for field in self.fields), cells)


def told(profiles: Sequence[ObjectProfile]) -> list[ObjectTold]:
    """Return the objects of which there is a file, in the order of the source."""
    return [
        ObjectTold(
            profiled.object,
            profiled.label,
            [words.line(name) for name in profiled.files],
            profiled.rows,
            profiled.rejected,
            [_field(field, profiled.staged) for field in profiled.fields],
            profiled.needed,
        )
        for profiled in profiles
        if profiled.files
    ]


def _field(field: FieldProfile, rows: int) -> FieldTold:
    return FieldTold(
        words.line(field.header) or field.name,
        field.name,
        words.of_type(field.type),
        field.filled,
        rows,
        f"{'about ' if field.estimated else ''}{field.distinct:,}",
        [words.line(example) for example in field.examples],
        field.counts,
        _span(field),
        _unread(field),
        not field.known,
    )


def _span(field: FieldProfile) -> str:
    if field.lowest is not None and field.highest is not None:
        lowest, highest = _minutes(field.lowest), _minutes(field.highest)
        return f"always {lowest}" if lowest == highest else f"{lowest} to {highest}"
    if field.longest is None:
        return ""
    length = count(field.longest, "character")
    return length if field.shortest == field.longest else f"{field.shortest:,} to {length}"


def _minutes(value: str) -> str:
    """Return a moment or a time without its seconds, where there are none."""
    return value.removesuffix(":00") if value.count(":") == 2 else value


def _unread(field: FieldProfile) -> str:
    if not field.unread:
        return ""
    shown = listing([f"“{words.line(text)}”" for text in field.unread_examples])
    values = count(field.unread, "value")
    return f"{values} could not be read as {words.of_type(field.type)}: {shown}"
