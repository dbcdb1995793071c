"""The SQL that reads each staged column, for what was seen in it and decided about it.

A column in which nothing is odd is read as it stands, so that its view costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import numbers, zeros
from crossdock.intake.formats.moments import moments
from crossdock.intake.formats.survey import Traits
from crossdock.intake.formats.survey.columns import CLOCKED, NUMBERS, Columns, is_name
from crossdock.intake.formats.words import SURNAMES, among
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

_TRUE = ("yes", "y", "true", "1", "on", "t")
_FALSE = ("no", "n", "false", "0", "off", "f")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read columns.

    `month_first` and `comma` are the numbers of files with the month first and with a decimal
    comma; `time_zone` (IANA) is the account's, `region` (ISO 3166) its country or empty.
    """

    traits: Traits
    region: str
    time_zone: str
    month_first: Sequence[int]
    comma: Sequence[int]


def casts(
    objects: Sequence[SourceObject], types: Mapping[str, Columns], reading: Reading
) -> dict[tuple[str, str], str]:
    """Return the SQL of every staged column, by object and column; NULL where it cannot read."""
    return {
        (obj.name, name): _cast(reading, obj, name, kind)
        for obj in objects
        for name, kind in types[obj.name].items()
    }


def _cast(reading: Reading, obj: SourceObject, name: str, kind: FieldType) -> str:
    if kind in NUMBERS:
        return numbers.cast(reading.traits, obj.name, name, kind, reading.comma)
    if kind in CLOCKED:
        found = moments(reading.traits, obj.name, name, kind)
        return found.cast(reading.month_first, reading.time_zone)
    if kind is FieldType.CHECKBOX:
        text = f"trim({quoted(name)})"
        return f"CASE WHEN {among(text, _TRUE)} THEN true WHEN {among(text, _FALSE)} THEN false END"
    text = plain(reading.traits, obj.name, name)
    if kind is FieldType.LONG_TEXT:
        return text
    if kind is FieldType.EMAIL:
        return f"lower({text_without_words(reading.traits, obj.name, name)})"
    if zeros.may_be_short(reading.traits, obj.name, name):
        restored = zeros.restored(text, obj, name, kind, reading.region)
        return text_without_words(reading.traits, obj.name, name, restored)
    return text_without_words(reading.traits, obj.name, name)


def plain(traits: Traits, obj: str, name: str) -> str:
    """Return the SQL of a text without blanks around it."""
    text = quoted(name)
    return f"nullif(trim({text}), '')" if traits.has("blanks", obj, name) else text


def text_without_words(traits: Traits, obj: str, name: str, text: str = "") -> str:
    """Return the SQL of a text, NULL for the words for nothing that stand in its column."""
    text = text or plain(traits, obj, name)
    words = [trait.value for trait in traits.of("null word", obj, name)]
    if is_name(name):
        words = [word for word in words if word not in SURNAMES]
    return f"CASE WHEN {among(text, words)} THEN NULL ELSE {text} END" if words else text
