"""What the destination takes of a mapped value, as SQL; and where that is less than all of it.

A value that cannot be loaded never stops its record: it is left out (or cut, or rounded), counted,
and a finding says so. Only a demanded field that is left empty that way rejects the record, which
`rules` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from crossdock.connectors.freshsales import limits
from crossdock.mapping.document import Line
from crossdock.mapping.transforms import Gives, literal, quoted, transform_of
from crossdock.model.fields import Field, FieldType

#: Transforms that read a text as something else; an empty result of a filled text is a loss.
_READING: Final = {Gives.NUMBER, Gives.DAY, Gives.MOMENT, Gives.YES_NO}
#: Those that leave out on purpose: a day of an open deal is not the day on which it was closed.
_CHOOSING: Final = {"closed_date", "open_date"}
#: What a field takes by what it is.
_DATES: Final = {Gives.DAY, Gives.MOMENT}
_IDS: Final = {Gives.ID}
_TEXTS: Final = {
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.EMAIL,
    FieldType.PHONE,
    FieldType.URL,
    FieldType.TIME,
}
_ADDRESSES: Final = ("email", "emails")


@dataclass(frozen=True, slots=True)
class Problem:
    """A way in which a line's value does not arrive as it is.

    `where` is SQL over a row of the route's table that is true where it happens. `code` is that of
    the finding.
    """

    code: str
    where: str


@dataclass(frozen=True, slots=True)
class Value:
    """A line's value as SQL, NULL where there is none that the destination takes."""

    sql: str
    problems: tuple[Problem, ...] = ()

    def without(self, code: str, unfit: str) -> Value:
        """Return the value that is NULL where `unfit` is true, with the problem."""
        kept = f"CASE WHEN NOT coalesce({unfit}, false) THEN {self.sql} END"
        return Value(kept, (*self.problems, Problem(code, unfit)))

    def changed(self, code: str, where: str, sql: str) -> Value:
        """Return the value that is `sql`, with the problem where it differs from what was meant."""
        return Value(sql, (*self.problems, Problem(code, where)))


@dataclass(frozen=True, slots=True)
class Mapped:
    """A line before it is checked: its SQL, its SQL type, and the types of the route's columns."""

    line: Line
    sql: str
    type: str
    columns: Mapping[str, str]


def fitted(mapped: Mapped, target: Field | None) -> Value:
    """Return what the field takes of a line's value; without a described field all of it."""
    if mapped.type == "VARCHAR" and mapped.line.transform.startswith("sql:"):
        # The named transforms make nothing of a blank text; what a person wrote may not.
        blank = f"CASE WHEN trim({mapped.sql}) <> '' THEN {mapped.sql} END"
        mapped = replace(mapped, sql=blank)
    value = Value(mapped.sql)
    if target is None:
        return value
    value = _unread(mapped, target, value)
    for kinds, check in _CHECKS:
        if target.type in kinds:
            value = check(mapped, target, value)
    return value


def _unread(mapped: Mapped, target: Field, value: Value) -> Value:
    """Tell of texts that a transform could not read: it leaves the field empty by itself."""
    line = mapped.line
    gives = transform_of(line).gives
    if gives not in _READING or line.transform in _CHOOSING:
        return value
    if mapped.columns.get(line.columns[0]) != "VARCHAR":
        return value
    column = quoted(line.columns[0])
    lost = f"nullif(trim({column}), '') IS NOT NULL AND {mapped.sql} IS NULL"
    found = Value(value.sql, (*value.problems, Problem("VALUE_LEFT_OUT", lost)))
    if target.type is FieldType.NUMBER and line.transform == "number":
        more = f"regexp_matches({column}, {literal(_TOO_FINE)})"
        found = found.changed("NUMBER_ROUNDED", more, found.sql)
    return found


#: More than four decimals that are not nought.
_TOO_FINE: Final = r"\.[0-9]{4}[0-9]*[1-9]"


def _number(mapped: Mapped, target: Field, value: Value) -> Value:
    raw = mapped.sql
    number = raw
    if mapped.type == "JSON":
        return value  # A list of prices, which is no number.
    if mapped.type in ("VARCHAR", "BOOLEAN"):
        number = f"try_cast(CAST({raw} AS VARCHAR) AS DECIMAL(38, 6))"
        value = Value(number, value.problems).without(
            "VALUE_LEFT_OUT", f"{raw} IS NOT NULL AND {number} IS NULL"
        )
    custom = target.type is FieldType.NUMBER and target.custom
    most = f">= {limits.NUMBER_BELOW}" if custom else f"> {limits.LARGEST_AMOUNT}"
    value = value.without("NUMBER_OUT_OF_RANGE", f"abs({number}) {most}")
    if custom and mapped.line.transform not in ("number", "money"):
        whole = f"round({number}, {limits.NUMBER_DECIMALS})"
        unfit = value.problems[-1].where
        kept = f"CASE WHEN NOT coalesce({unfit}, false) THEN {whole} END"
        value = value.changed("NUMBER_ROUNDED", f"{number} <> {whole}", kept)
    return value


def _date(mapped: Mapped, target: Field, value: Value) -> Value:
    if mapped.type.startswith(("DATE", "TIMESTAMP")) or transform_of(mapped.line).gives in _DATES:
        return value
    text = f"CAST({mapped.sql} AS VARCHAR)"
    return value.without(
        "VALUE_LEFT_OUT", f"{text} IS NOT NULL AND try_cast({text} AS TIMESTAMP) IS NULL"
    )


def _flag(mapped: Mapped, target: Field, value: Value) -> Value:
    if mapped.type == "BOOLEAN":
        return value
    word = f"lower(CAST({mapped.sql} AS VARCHAR))"
    return value.without("VALUE_LEFT_OUT", f"{word} NOT IN ('true', 'false', '1', '0')")


def _text(mapped: Mapped, target: Field, value: Value) -> Value:
    if mapped.type != "VARCHAR":
        return value
    sql = mapped.sql
    if target.name in _ADDRESSES and not target.custom:
        value = value.without("EMAIL_UNFIT", f"NOT {_like(sql, limits.EMAIL)}")
    elif target.name == "website" and not target.custom:
        value = value.without("WEBSITE_UNFIT", f"NOT {_like(sql, limits.WEBSITE)}")
    elif (mapped.line.entity, target.name) == ("sales_account", "phone"):
        value = value.changed("PHONE_UNFIT", f"NOT {_like(sql, limits.PHONE)}", value.sql)
    if target.max_length is not None:
        cut = f"left({value.sql}, {target.max_length})"
        value = value.changed("TEXT_CUT", f"length({sql}) > {target.max_length}", cut)
    return value


def _like(text: str, pattern: str) -> str:
    return f"regexp_full_match(trim({text}), {literal(pattern)})"


def _choice(mapped: Mapped, target: Field, value: Value) -> Value:
    """Keep what is a choice: of a custom field by its label, of a standard field by its id."""
    if not target.choices or transform_of(mapped.line).gives in _IDS:
        return value
    text = f"CAST({mapped.sql} AS VARCHAR)"
    if not target.custom:
        known = _listed([choice.id for choice in target.choices])
        return value.without("CHOICE_UNKNOWN", f"NOT list_contains({known}, {text})")
    place = f"list_position({_folded(target)}, lower(trim({text})))"
    label = f"list_extract({_listed([c.label for c in target.choices])}, {place})"
    return value.changed("CHOICE_UNKNOWN", f"{text} IS NOT NULL AND {place} IS NULL", label)


def _choices(mapped: Mapped, target: Field, value: Value) -> Value:
    """Keep those of several choices that are some, as they are written at the destination."""
    if not target.choices or not target.custom or mapped.type != "VARCHAR":
        return value
    folded, labels = _folded(target), _listed([c.label for c in target.choices])
    parts = f"list_filter(string_split({mapped.sql}, ';'), lambda p: trim(p) <> '')"
    known = f"list_filter({parts}, lambda p: list_contains({folded}, lower(trim(p))))"
    kept = (
        f"nullif(array_to_string(list_transform({known},"
        f" lambda p: {labels}[list_position({folded}, lower(trim(p)))]), ';'), '')"
    )
    return value.changed("CHOICE_UNKNOWN", f"len({known}) < len({parts})", kept)


def _folded(target: Field) -> str:
    return _listed([choice.label.strip().lower() for choice in target.choices])


def _listed(texts: list[str]) -> str:
    return f"[{', '.join(literal(text) for text in texts)}]"


_Check = Callable[[Mapped, Field, Value], Value]
_CHECKS: Final[tuple[tuple[set[FieldType], _Check], ...]] = (
    ({FieldType.NUMBER, FieldType.MONEY}, _number),
    ({FieldType.DATE, FieldType.DATETIME}, _date),
    ({FieldType.CHECKBOX}, _flag),
    (_TEXTS, _text),
    ({FieldType.PICKLIST}, _choice),
    ({FieldType.MULTI_PICKLIST}, _choices),
)
