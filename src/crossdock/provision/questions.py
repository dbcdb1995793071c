"""What is asked of every value, by the type of its field.

A question is a condition in SQL on the text in the source and on the value that the line's
transform makes of it. Limits: Freshsales support article on custom fields (certainty: documented);
that a choice's label is no longer than a text is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crossdock.mapping.document import Line
from crossdock.mapping.transforms import Gives, Transform, literal
from crossdock.model.fields import FieldType

TEXT: Final = 256
LONG_TEXT: Final = 10_000
#: A number has up to eleven digits before the point and four behind it.
DIGITS: Final = 11
DECIMALS: Final = 4
#: Choices of one dropdown, radio or multiselect field.
CHOICES: Final = 300

_TEXTS: Final = (FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL)
#: Transforms whose values are checked; others lead to records, ids or choices by id.
_CHECKED: Final = (
    Gives.TEXT,
    Gives.MARKED,
    Gives.NUMBER,
    Gives.YES_NO,
    Gives.DAY,
    Gives.MOMENT,
    Gives.CHOICE,
    Gives.CHOICES,
    Gives.ANYTHING,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A condition that holds for values that do not fit; `{t}` is the source's text, `{v}` the
    value. `distinct` counts different values instead, and asks whether they are too many."""

    what: str
    becomes: str
    remedy: str
    condition: str
    distinct: int = 0

    def holds(self, text: str, value: str) -> str:
        """Return SQL that is true for a row whose value does not fit."""
        return self.condition.replace("{t}", text).replace("{v}", value)

    def measure(self, text: str, value: str) -> str:
        """Return the SQL of an aggregate: how many rows do not fit."""
        count = f"count(*) FILTER ({self.holds(text, value)})"
        if not self.distinct:
            return count
        return f"CASE WHEN count(DISTINCT {value}) > {self.distinct} THEN {count} ELSE 0 END"


def questions(
    transform: Transform,
    line: Line,
    kind: FieldType,
    max_length: int | None,
    choices: Sequence[str],
    *,
    is_there: bool,
) -> Iterator[Question]:
    """Yield what is asked of a line's values for a field of this type.

    `max_length` and `choices` are those of the field at the destination, or of the one to be
    created, where `is_there` is false.
    """
    if transform.gives not in _CHECKED:
        return
    if kind in _TEXTS or kind is FieldType.LONG_TEXT:
        usual = LONG_TEXT if kind is FieldType.LONG_TEXT else TEXT
        limit = max_length if is_there else usual
        if limit is not None:
            yield _too_long(transform, line, kind, limit, is_there=is_there)
    elif kind in (FieldType.NUMBER, FieldType.MONEY):
        yield from _numbers(transform, line, is_there=is_there)
    elif kind in (FieldType.DATE, FieldType.DATETIME):
        yield _unread(transform, line, "no readable date", "TIMESTAMP", is_there=is_there)
    elif kind is FieldType.CHECKBOX:
        yield _unread(transform, line, "neither yes nor no", "BOOLEAN", is_there=is_there)
    elif kind in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST):
        yield from _chosen(line, kind, choices, is_there=is_there)


def _too_long(
    transform: Transform, line: Line, kind: FieldType, limit: int, *, is_there: bool
) -> Question:
    shorten = f'shorten them: by = "sql:left({line.columns[0]}, {limit})"'
    longer = f'set its type to "long_text" in [{line.entity}.new_fields]'
    is_cut = transform.gives in (Gives.TEXT, Gives.CHOICE)
    return Question(
        f"longer than {limit:,} characters",
        "cut" if is_cut else "refused",
        shorten if is_there or kind is FieldType.LONG_TEXT else f"{longer}, or {shorten}",
        f"length(CAST({{v}} AS VARCHAR)) > {limit}",
    )


def _numbers(transform: Transform, line: Line, *, is_there: bool) -> Iterator[Question]:
    remedy = _other_type(line, is_there=is_there)
    yield _unread(transform, line, "no number", "DECIMAL(38, 10)", is_there=is_there)
    number = "try_cast(CAST({v} AS VARCHAR) AS DECIMAL(38, 10))"
    yield Question(
        f"more than {DIGITS} digits before the point",
        "refused",
        remedy,
        f"abs({number}) >= 1{'0' * DIGITS}",
    )
    yield Question(
        f"more than {DECIMALS} decimals",
        "rounded",
        remedy,
        rf"{{v}} IS NOT NULL AND regexp_matches({{t}}, '\.\d{{{DECIMALS}}}\d*[1-9]')",
    )


def _unread(transform: Transform, line: Line, what: str, cast: str, *, is_there: bool) -> Question:
    """Ask for texts of which the transform makes nothing, or no value of the field's type."""
    left_empty = transform.gives is not Gives.ANYTHING
    wrong = f"{{v}} IS NOT NULL AND try_cast(CAST({{v}} AS VARCHAR) AS {cast}) IS NULL"
    reads = transform.gives not in (Gives.TEXT, Gives.MARKED, Gives.CHOICE, Gives.CHOICES)
    return Question(
        what,
        "left empty" if reads and left_empty else "refused",
        _other_type(line, is_there=is_there),
        f"({wrong})" + (" OR ({t} <> '' AND {v} IS NULL)" if reads and left_empty else ""),
    )


def _chosen(
    line: Line, kind: FieldType, choices: Sequence[str], *, is_there: bool
) -> Iterator[Question]:
    several = kind is FieldType.MULTI_PICKLIST
    parts = "string_split(CAST({v} AS VARCHAR), ';')" if several else "[CAST({v} AS VARCHAR)]"
    one_of = f'add them to its choices in [{line.entity}.new_fields], or set its type to "text"'
    if not is_there:
        known = ", ".join(map(literal, choices)) or "''"
        yield Question(
            "none of its choices",
            "refused",
            one_of,
            "{v} IS NOT NULL AND len(list_filter("
            f"{parts}, lambda p: trim(p) NOT IN ({known}))) > 0",
        )
    yield Question(
        f"a choice longer than {TEXT} characters",
        "refused",
        _other_type(line, is_there=is_there),
        f"{{v}} IS NOT NULL AND len(list_filter({parts}, lambda p: length(p) > {TEXT})) > 0",
    )
    if len(choices) > CHOICES or not several:
        yield Question(
            f"more than {CHOICES} different choices",
            "refused",
            _other_type(line, is_there=is_there),
            "{v} IS NOT NULL",
            distinct=0 if len(choices) > CHOICES else CHOICES,
        )


def _other_type(line: Line, *, is_there: bool) -> str:
    if is_there:
        return (
            f'correct them in the source, turn them into something that fits (by = "sql:..."), '
            f"or reject the line {line.name}"
        )
    return f'set its type to "text" in [{line.entity}.new_fields] and by = "text"'
