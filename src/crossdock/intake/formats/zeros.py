"""Zeros at the front that a spreadsheet dropped, because it took digits for a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import phones
from crossdock.intake.formats.kept import Oddity
from crossdock.intake.formats.regions import names_of
from crossdock.intake.formats.survey import Trait, Traits
from crossdock.intake.formats.survey.own import POSTCODES
from crossdock.model.fields import FieldType

#: Postcodes that begin with a zero, without it, and how long they are with it.
_POSTCODES = {
    "AU": (r"[2-9]\d\d", 4),
    "NZ": (r"[1-9]\d\d", 4),
    "US": (r"[1-9]\d{2,3}", 5),
    "DE": (r"[1-9]\d{3}", 5),
    "FR": (r"[1-9]\d{3}", 5),
    "ES": (r"[1-9]\d{3}", 5),
    "IT": (r"[1-9]\d{2,3}", 5),
    "ZA": (r"[1-9]\d{0,2}", 4),
}
#: A column keeps codes of one length when so many in a hundred have it.
_ONE_LENGTH = 80


def restored(text: str, obj: SourceObject, field: str, kind: FieldType, region: str) -> str:
    """Return the SQL of a text with its dropped zero, or the text's own SQL where none drops.

    An address in another country than the business's keeps its postcode.
    """
    if kind is FieldType.PHONE:
        rules = phones.region(region)
        if rules is None or not rules.zero:
            return text
        return (
            f"CASE WHEN regexp_full_match({text}, '{rules.dialled}')"
            f" THEN '0' || {text} ELSE {text} END"
        )
    if field not in POSTCODES or region not in _POSTCODES:
        return text
    pattern, length = _POSTCODES[region]
    there = _in_region(obj, region)
    return (
        f"CASE WHEN regexp_full_match({text}, '{pattern}'){there}"
        f" THEN lpad({text}, {length}, '0') ELSE {text} END"
    )


def _in_region(obj: SourceObject, region: str) -> str:
    if obj.column("country") is None:
        return ""
    return f" AND coalesce(upper(trim(country)), '') IN {('', *names_of(region))}"


def may_be_short(traits: Traits, obj: str, field: str) -> bool:
    """Return whether a column has values of digits only that do not begin with a zero."""
    return any(t.value.startswith("9") for t in traits.of("digits", obj, field))


def lost(traits: Traits, objects: Sequence[SourceObject]) -> Iterator[Oddity]:
    """Yield the tenant's own columns in which some codes are shorter than the others."""
    for obj in objects:
        known = {column.name for column in obj.columns}
        fields = {t.field for t in traits.of("digits", obj.name)} - known
        for field in sorted(fields):
            short = _short(traits.of("digits", obj.name, field))
            if short:
                examples = [text for t in short for text in t.examples]
                n = sum(t.n for t in short)
                yield Oddity("ZEROS_LOST", obj.name, field, n, tuple(examples))


def _short(found: Sequence[Trait]) -> list[Trait]:
    total = sum(t.n for t in found)
    for zero in (t for t in found if t.value.startswith("0")):
        length = int(zero.value.split()[1])
        same = sum(t.n for t in found if int(t.value.split()[1]) == length)
        if same * 100 >= total * _ONE_LENGTH:
            return [
                t for t in found if t.value.startswith("9") and int(t.value.split()[1]) < length
            ]
    return []
